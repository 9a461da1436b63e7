"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

from db import tripwires, words

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table('adopted_file',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_adopted_file'))
    )
    op.create_table('attachment',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    op.create_index(op.f('ix_attachment_person'), 'attachment', ['person'], unique=False)
    op.create_table('person_key',
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('key', sa.LargeBinary(length=32), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_person_key'))
    )
    op.create_table('secret',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_secret'))
    )
    op.create_table('journal',
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('desk', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=True),
    sa.Column('entry', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_journal')),
    sa.UniqueConstraint('desk', 'epoch', 'seq', name=op.f('uq_journal_desk_epoch_seq'))
    )
    op.create_index('ix_journal_person', 'journal', ['person', 'position'], unique=False)
    op.create_table('batch',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('scheme', sa.String(), nullable=False),
    sa.Column('scheme_version', sa.String(), nullable=False),
    sa.Column('exam_day', sa.Date(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_batch'))
    )
    op.create_index(op.f('ix_batch_code'), 'batch', ['code'], unique=False)
    op.create_table('centre',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name_zh', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('host', sa.String(), nullable=False),
    sa.Column('demonstration', sa.Boolean(name='demonstration'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_centre'))
    )
    op.create_table('lease',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('scheme', sa.String(), nullable=False),
    sa.Column('prefix', sa.String(), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('status_list', sa.Integer(), nullable=False),
    sa.Column('status_indices', sa.Text(), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lease'))
    )
    op.create_table('library',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('receipt_key', sa.LargeBinary(length=32), nullable=False),
    sa.Column('list_key', sa.LargeBinary(length=32), nullable=False),
    sa.Column('recipients', sa.Text(), nullable=False),
    sa.Column('since', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('root', sa.LargeBinary(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library'))
    )
    op.create_table('adopted',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_adopted'))
    )
    op.create_table('agreement',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement'))
    )
    op.create_table('update_taken',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('library', sa.String(length=32), nullable=False),
    sa.Column('issued', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['library'], ['library.id'], name=op.f('fk_update_taken_library')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_update_taken'))
    )
    op.create_table('operator',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('login', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('roles', sa.String(), nullable=False),
    sa.Column('active', sa.Boolean(name='active'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operator')),
    sa.UniqueConstraint('login', name=op.f('uq_operator_login'))
    )
    op.create_table('person',
    sa.Column('registered', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('latin_name', sa.String(), nullable=False),
    sa.Column('pinyin', sa.String(), nullable=False),
    sa.Column('initials', sa.String(), nullable=False),
    sa.Column('document_kind', sa.String(), nullable=False),
    sa.Column('document_number', sa.String(), nullable=False),
    sa.Column('number_reversed', sa.String(), nullable=False),
    sa.Column('sex', sa.String(length=1), nullable=True),
    sa.Column('birth', sa.Date(), nullable=True),
    sa.Column('nationality', sa.String(length=3), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('ethnicity', sa.String(), nullable=False),
    sa.Column('education', sa.String(), nullable=False),
    sa.Column('employer', sa.String(), nullable=False),
    sa.Column('prior_level', sa.Integer(), nullable=True),
    sa.Column('prior_certificate', sa.String(), nullable=False),
    sa.Column('extra', sa.Text(), nullable=False),
    sa.Column('photo', sa.String(length=64), nullable=True),
    sa.Column('same_as', sa.String(length=32), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('registered', name=op.f('pk_person')),
    sa.UniqueConstraint('id', name=op.f('uq_person_id'))
    )
    op.create_index('ix_person_document', 'person', ['document_number', 'document_kind'], unique=False)
    op.create_index(op.f('ix_person_latin_name'), 'person', ['latin_name'], unique=False)
    op.create_index(op.f('ix_person_initials'), 'person', ['initials'], unique=False)
    op.create_index('ix_person_name_birth', 'person', ['name', 'birth'], unique=False)
    op.create_index(op.f('ix_person_number_reversed'), 'person', ['number_reversed'], unique=False)
    op.create_index(op.f('ix_person_phone'), 'person', ['phone'], unique=False)
    op.create_index(op.f('ix_person_pinyin'), 'person', ['pinyin'], unique=False)
    op.create_index('ix_person_same_as', 'person', ['same_as'], unique=False,
                    sqlite_where=sa.text('same_as IS NOT NULL'), postgresql_where=sa.text('same_as IS NOT NULL'))
    op.create_table('told_apart',
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('other', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('person', 'other', name=op.f('pk_told_apart'))
    )
    op.create_index(op.f('ix_told_apart_other'), 'told_apart', ['other'], unique=False)
    op.create_table('further_document',
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('nationality', sa.String(length=3), nullable=False),
    sa.Column('current', sa.Boolean(name='current'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_further_document_person')),
    sa.PrimaryKeyConstraint('person', 'number', name=op.f('pk_further_document'))
    )
    op.create_index(op.f('ix_further_document_number'), 'further_document', ['number'], unique=False)
    op.create_table('status_list',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('issued', sa.BigInteger(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_status_list'))
    )
    op.create_table('trust_list',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_trust_list'))
    )
    op.create_table('bundle',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('library', sa.String(length=32), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('attachments', sa.Integer(), nullable=False),
    sa.Column('withheld', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['library'], ['library.id'], name=op.f('fk_bundle_library')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bundle'))
    )
    op.create_table('consent',
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('given', sa.Boolean(name='given'), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('text_version', sa.String(), nullable=False),
    sa.Column('means', sa.String(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_consent_person')),
    sa.PrimaryKeyConstraint('person', 'purpose', name=op.f('pk_consent'))
    )
    op.create_table('enrolment',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('job', sa.String(), nullable=False),
    sa.Column('condition', sa.String(), nullable=False),
    sa.Column('exam_type', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('entered_by', sa.String(length=32), nullable=False),
    sa.Column('reviewed_by', sa.String(length=32), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('admission_number', sa.String(), nullable=True),
    sa.Column('room', sa.String(), nullable=True),
    sa.Column('seat', sa.String(), nullable=True),
    sa.Column('seen', sa.Text(), nullable=True),
    sa.Column('payment', sa.String(), nullable=True),
    sa.Column('receipt', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_enrolment_batch')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_enrolment_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment'))
    )
    op.create_index('ix_enrolment_admission_number', 'enrolment', ['admission_number'], unique=False)
    op.create_index('ix_enrolment_batch', 'enrolment', ['batch', 'state'], unique=False)
    op.create_index(op.f('ix_enrolment_person'), 'enrolment', ['person'], unique=False)
    op.create_table('objection',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('upheld', sa.Boolean(name='upheld'), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_objection_batch')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_objection_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    op.create_index(op.f('ix_objection_batch'), 'objection', ['batch'], unique=False)
    op.create_table('publicity',
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('passed', sa.Text(), nullable=False),
    sa.Column('closed', sa.Boolean(name='closed'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_publicity_batch')),
    sa.PrimaryKeyConstraint('batch', name=op.f('pk_publicity'))
    )
    op.create_table('receipt',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('desk', sa.String(length=32), nullable=False),
    sa.Column('library', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('short', sa.Boolean(name='short'), nullable=False),
    sa.Column('made_at', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['library'], ['library.id'], name=op.f('fk_receipt_library')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt')),
    sa.UniqueConstraint('desk', 'library', 'number', 'short', name=op.f('uq_receipt_desk_library_number_short'))
    )
    op.create_table('key_rotation',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('letter', sa.LargeBinary(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_key_rotation'))
    )
    op.create_table('bundle_span',
    sa.Column('bundle', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['bundle'], ['bundle.id'], name=op.f('fk_bundle_span_bundle')),
    sa.PrimaryKeyConstraint('bundle', 'epoch', 'first', name=op.f('pk_bundle_span'))
    )
    op.create_table('certificate',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('scheme', sa.String(), nullable=False),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('photo', sa.String(length=64), nullable=True),
    sa.Column('cose', sa.LargeBinary(), nullable=False),
    sa.Column('status_list', sa.Integer(), nullable=True),
    sa.Column('status_index', sa.Integer(), nullable=True),
    sa.Column('face', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('glyphs', sa.Text(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_certificate_batch')),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_certificate_enrolment')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_certificate_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate'))
    )
    op.create_index('ix_certificate_enrolment', 'certificate', ['enrolment'], unique=True)
    op.create_index('ix_certificate_number', 'certificate', ['number'], unique=True)
    op.create_index(op.f('ix_certificate_batch'), 'certificate', ['batch'], unique=False)
    op.create_index(op.f('ix_certificate_person'), 'certificate', ['person'], unique=False)
    op.create_table('certificate_number',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('face_date', sa.Date(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_certificate_number_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', name=op.f('pk_certificate_number'))
    )
    op.create_index('ix_certificate_number_number', 'certificate_number', ['number'], unique=True)
    op.create_table('decision',
    sa.Column('question', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('matter', sa.String(length=120), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=True),
    sa.Column('over', sa.Text(), nullable=False),
    sa.Column('choice', sa.String(length=120), nullable=False),
    sa.Column('officer', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('question', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_matter'), 'decision', ['matter'], unique=False)
    op.create_table('mark_entry',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('entry', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=True),
    sa.Column('entered_by', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_mark_entry_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'subject', 'entry', name=op.f('pk_mark_entry'))
    )
    op.create_table('mark_settled',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=True),
    sa.Column('settled_by', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_mark_settled_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'subject', name=op.f('pk_mark_settled'))
    )
    op.create_table('glyph',
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('character', sa.String(length=1), nullable=False),
    sa.Column('picture', sa.LargeBinary(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_glyph_person')),
    sa.PrimaryKeyConstraint('person', 'character', name=op.f('pk_glyph'))
    )
    op.create_table('mark_carried',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('earlier', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_mark_carried_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'subject', name=op.f('pk_mark_carried'))
    )
    op.create_table('receipt_span',
    sa.Column('receipt', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('fate', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['receipt'], ['receipt.id'], name=op.f('fk_receipt_span_receipt')),
    sa.PrimaryKeyConstraint('receipt', 'epoch', 'first', name=op.f('pk_receipt_span'))
    )
    op.create_table('receipt_head',
    sa.Column('receipt', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['receipt'], ['receipt.id'], name=op.f('fk_receipt_head_receipt')),
    sa.PrimaryKeyConstraint('receipt', 'epoch', name=op.f('pk_receipt_head'))
    )
    op.create_table('epoch',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('desk', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('after_epoch', sa.String(length=32), nullable=False),
    sa.Column('after_seq', sa.Integer(), nullable=False),
    sa.Column('after_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_epoch'))
    )
    op.create_table('restoration',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('library', sa.String(length=32), nullable=False),
    sa.Column('desk', sa.String(length=32), nullable=False),
    sa.Column('signed', sa.LargeBinary(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['library'], ['library.id'], name=op.f('fk_restoration_library')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restoration'))
    )
    op.create_table('restored_span',
    sa.Column('restoration', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('first', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('fate', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['restoration'], ['restoration.id'], name=op.f('fk_restored_span_restoration')),
    sa.PrimaryKeyConstraint('restoration', 'epoch', 'first', name=op.f('pk_restored_span'))
    )
    op.create_table('gap',
    sa.Column('desk', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('restoration', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['restoration'], ['restoration.id'], name=op.f('fk_gap_restoration')),
    sa.PrimaryKeyConstraint('desk', 'epoch', 'seq', name=op.f('pk_gap'))
    )
    op.create_table('aside',
    sa.Column('desk', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('desk', 'epoch', 'seq', name=op.f('pk_aside'))
    )
    op.create_table('admission_given',
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_admission_given_enrolment')),
    sa.PrimaryKeyConstraint('number', 'enrolment', name=op.f('pk_admission_given'))
    )
    op.create_table('seating_plan',
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('rooms', sa.Text(), nullable=False),
    sa.Column('mixed', sa.Boolean(name='mixed'), nullable=False),
    sa.Column('spread', sa.Boolean(name='spread'), nullable=False),
    sa.Column('pattern', sa.String(), nullable=False),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_seating_plan_batch')),
    sa.PrimaryKeyConstraint('batch', name=op.f('pk_seating_plan'))
    )
    op.create_table('seat_wish',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('pinned', sa.Boolean(name='pinned'), nullable=False),
    sa.Column('accessible', sa.Boolean(name='accessible'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_seat_wish_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', name=op.f('pk_seat_wish'))
    )
    op.create_table('session',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('subjects', sa.Text(), nullable=False),
    sa.Column('starts', sa.DateTime(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('rooms', sa.Text(), nullable=False),
    sa.Column('replaces', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_session_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session'))
    )
    op.create_index(op.f('ix_session_batch'), 'session', ['batch'], unique=False)
    op.create_table('session_place',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('session', sa.String(length=32), nullable=False),
    sa.Column('room', sa.String(), nullable=False),
    sa.Column('seat', sa.String(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_session_place_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'session', name=op.f('pk_session_place'))
    )
    op.create_table('attendance',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('session', sa.String(length=32), nullable=False),
    sa.Column('subjects', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('recorded_by', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_attendance_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'session', name=op.f('pk_attendance'))
    )
    op.create_table('incident',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('session', sa.String(length=32), nullable=False),
    sa.Column('subjects', sa.Text(), nullable=False),
    sa.Column('tier', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('signatures', sa.Text(), nullable=False),
    sa.Column('voided', sa.Boolean(name='voided'), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_incident_batch')),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_incident_enrolment')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_incident_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    op.create_index(op.f('ix_incident_batch'), 'incident', ['batch'], unique=False)
    op.create_index(op.f('ix_incident_enrolment'), 'incident', ['enrolment'], unique=False)
    op.create_table('papers',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('session', sa.String(length=32), nullable=False),
    sa.Column('room', sa.String(), nullable=False),
    sa.Column('handed_out', sa.Integer(), nullable=False),
    sa.Column('returned', sa.Integer(), nullable=False),
    sa.Column('counted_by', sa.String(length=32), nullable=False),
    sa.Column('checked_by', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_papers_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_papers'))
    )
    op.create_index(op.f('ix_papers_batch'), 'papers', ['batch'], unique=False)
    op.create_table('mark_judged',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('judge', sa.String(length=32), nullable=False),
    sa.Column('scores', sa.Text(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('entered_by', sa.String(length=32), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_mark_judged_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'subject', 'turn', 'judge', name=op.f('pk_mark_judged'))
    )
    op.create_table('mark_corrected',
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=True),
    sa.Column('asked_by', sa.String(length=32), nullable=False),
    sa.Column('agreed_by', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_mark_corrected_enrolment')),
    sa.PrimaryKeyConstraint('enrolment', 'subject', name=op.f('pk_mark_corrected'))
    )
    op.create_table('recheck',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('enrolment', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=True),
    sa.Column('answered_by', sa.String(length=32), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_recheck_batch')),
    sa.ForeignKeyConstraint(['enrolment'], ['enrolment.id'], name=op.f('fk_recheck_enrolment')),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_recheck_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recheck'))
    )
    op.create_index(op.f('ix_recheck_batch'), 'recheck', ['batch'], unique=False)
    op.create_table('examiner',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('duty', sa.String(), nullable=False),
    sa.Column('expires', sa.Date(), nullable=True),
    sa.Column('active', sa.Boolean(name='active'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation', sa.String(), nullable=False),
    sa.Column('card', sa.String(), nullable=False),
    sa.Column('relatives', sa.Text(), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_examiner'))
    )
    op.create_table('staff_draw',
    sa.Column('session', sa.String(length=32), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('seed', sa.LargeBinary(), nullable=False),
    sa.Column('assigned', sa.Text(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['batch.id'], name=op.f('fk_staff_draw_batch')),
    sa.PrimaryKeyConstraint('session', name=op.f('pk_staff_draw'))
    )
    op.create_index(op.f('ix_staff_draw_batch'), 'staff_draw', ['batch'], unique=False)
    words.create(op.get_bind())
    tripwires.install(op.get_bind())
