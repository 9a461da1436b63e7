"""A centre with one open batch, and rosters as CSV."""

from datetime import UTC, date, datetime

from appraisal.catalogue import load_schemes
from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import Bilingual
from appraisal.domain.operator import Role
from appraisal.sheets.roster import open_roster
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.preview_roster import PreviewRoster, preview_roster
from db.centre import Surroundings, create_centre, open_centre
from db.keyslots import Cost

TODAY, EXAM_DAY = date(2026, 11, 22), date(2026, 12, 12)
NOW = int(datetime(2026, 11, 22, 2, tzinfo=UTC).timestamp() * 1000)
SCHEMES = load_schemes()
LOGINS = {"adm": Role.ADMINISTRATOR, "reg": Role.REGISTRAR, "rev": Role.REVIEWER, "sup": Role.SUPERVISOR}
HEADER = ("姓名,证件类型,证件号码,民族,文化程度,职业名称,认定等级,申报条件,考试类型,手机号码,是否有职业资格证书,"
          "备注,通讯地址,工种特长")
CONDITION = "累计从事本职业或相关职业工作满10年"
IDS = ("650104198904029972", "659002199902189985", "520323198004089962", "140405199601129973")


def row(name="沈刚峰", number=IDS[0], level="三级/高级工", phone="15488258303", occupation="人工智能训练师",
        condition=CONDITION):
    return f"{name},居民身份证,{number},汉族,高中,{occupation},{level},{condition},正考,{phone},否,住校,示例路1号,标注"


def csv(*rows):
    return "\n".join((HEADER, *rows)).encode()


class Day:
    """An open centre on one day; operators' ids by login, `batch` open for enrolment."""

    def __init__(self, folder, scheme="ai-trainer", places=200):
        around = Surroundings(SCHEMES, clock=lambda: NOW, cost=Cost(1, 8, 1))
        operators = tuple(FirstOperator(login, login, frozenset({role})) for login, role in LOGINS.items())
        create_centre(folder, FoundCentre("C1", Bilingual("示范中心", "Centre"), "v.example.com", operators),
                      {"adm": "a passphrase"}, around)
        self.centre = open_centre(folder, "adm", "a passphrase", around)
        self.desk, self.reads = self.centre.desk, self.centre.reads
        self.ids = {one.login: one.id for one in self.reads.operators()}
        self.batch = open_batch(OpenBatch("B1", "第一批", scheme, EXAM_DAY, places, self.ids["sup"]), self.desk)
        for state in (BatchState.FILED, BatchState.PUBLISHED):
            move_batch(MoveBatch(self.batch, state, self.ids["sup"]), self.desk)

    def preview(self, data, name="roster.csv", can_draw=lambda _char: True):
        return preview_roster(PreviewRoster(open_roster(data, name), self.batch), self.reads, SCHEMES, TODAY, can_draw)

    def entries(self):
        with self.centre.reader.begin() as connection:
            return connection.exec_driver_sql("select count(*) from journal").scalar()
