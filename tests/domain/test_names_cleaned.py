"""Names: cleaned without changing what is printed, refused when a character is lost, masked, and put in pinyin."""

from unicodedata import is_normalized

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appraisal.domain.latin_names import initials, pinyin, spoken, spoken_together, suggest_latin
from appraisal.domain.names import check_name, clean_name, mask_name, mask_number


@pytest.mark.parametrize(("typed", "clean"), [
    ("张\u3000伟", "张伟"), (" 丁\u200b莹婷 ", "丁莹婷"), ("⾼雅静", "高雅静"), ("⻘⻰", "青龙"), ("\uf9dd", "利"),
    ("古丽娜尔•艾合买提", "古丽娜尔·艾合买提"), ("买买提．吐尔逊", "买买提·吐尔逊"),
    ("买买提 · 吐尔逊", "买买提·吐尔逊"),
    ("买买提.吐尔逊", "买买提·吐尔逊"), ("SOMCHAI  RATTANAPHONG", "SOMCHAI RATTANAPHONG"),
    ("J. R. Smith", "J. R. Smith"),
    ("TRA\u0302\u0300N", "TRẦN"), ("ＡＮＮＡ", "ANNA"), ("陈\U0002c456", "陈\U0002c456"),
    ("李\U0002ebf0", "李\U0002ebf0"),
])
def test_cleaning(typed, clean):
    assert clean_name(typed) == clean
    assert check_name(clean) == ()


@given(st.text(max_size=40) | st.text("⾼⻘·•．. \u3000\u200b张伟Anｎ\u0301\ufe0f", max_size=12))
@example("一.\u3000⻗")
def test_cleaning_twice_changes_nothing(typed):
    once = clean_name(typed)
    assert clean_name(once) == once
    assert is_normalized("NFC", once)


@pytest.mark.parametrize(("name", "code"), [
    ("王[yan]", "NAME_INVALID"), ("刘？", "NAME_INVALID"), ("刘?", "NAME_INVALID"), ("刘□", "NAME_INVALID"),
    ("张3", "NAME_INVALID"), ('=HYPERLINK("x")', "NAME_INVALID"), ("-张伟", "NAME_INVALID"),
    ("王yan", "NAME_INVALID"),
    ("买买提·", "NAME_INVALID"), ("买··提", "NAME_INVALID"), ("", "NAME_INVALID"), ("王\ufffd", "NAME_INVALID"),
    ("王⿰女开", "NAME_INVALID"), ("张\ue123", "NAME_PRIVATE_USE"), ("张\U000f0000", "NAME_PRIVATE_USE"),
])
def test_lost_characters_are_refused(name, code):
    assert [p.code for p in check_name(name)] == [code]


@pytest.mark.parametrize(("name", "latin"), [
    ("欧阳娜娜", "OUYANG Nana"), ("单雄信", "SHAN Xiongxin"), ("仇英", "QIU Ying"), ("曾静", "ZENG Jing"),
    ("盖聂", "GE Nie"),
    ("吕略", "LYU Lyue"), ("尉迟恭", "YUCHI Gong"), ("任女", "REN Nyu"), ("买买提·吐尔逊", "Maimaiti Tuerxun"),
    ("ANNA MARIA LINDQVIST", "ANNA MARIA LINDQVIST"), ("李\U0002ebf0", ""),
])
def test_suggested_latin_names(name, latin):
    assert suggest_latin(name) == latin


@pytest.mark.parametrize(("name", "whole", "first"), [
    ("张伟", "zhangwei", "zw"), ("曾静", "zengjing", "zj"), ("吕布", "lvbu", "lb"),
    ("NGUYỄN Đức", "nguyenduc", "nd"),
    ("买买提·吐尔逊", "maimaitituerxun", "mmttex"), ("李\U0002ebf0", "li", "l"),
])
def test_what_search_looks_for(name, whole, first):
    assert (pinyin(name), initials(name)) == (whole, first)


@pytest.mark.parametrize(("name", "masked"), [
    ("张伟", "张*"), ("张小伟", "张**"), ("欧阳娜娜", "欧阳**"), ("欧阳", "欧*"), ("买买提·吐尔逊", "买***"),
    ("ANNA", "A***"), ("张", "张")])
def test_masked_names(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(("number", "masked"), [
    ("11010119900307996X", "110101********996X"), ("512345678", "51*****78"),
    ("110101900307996", "110*********996")])
def test_masked_numbers(number, masked):
    assert mask_number(number) == masked


@given(st.text(st.characters(min_codepoint=0x4e00, max_codepoint=0x9fa5) | st.sampled_from("重庆银行长乐王a㛃𬱖1 "),
               max_size=8))
@example("重庆银行")
@example("吕长乐")
@example("a王 b")
def test_reading_one_by_one_gives_what_reading_together_gives(text):
    assert spoken(text) == spoken_together(text)


def test_a_phrase_is_read_as_a_whole():
    assert spoken("重庆银行") == ["chong", "qing", "yin", "hang"] != [spoken(one)[0] for one in "重庆银行"]
