"""The short index.html that says what a demonstration has left where."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from desktop.demonstration.script import Script

_PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>鉴定台演示 · Appraisal Desk demonstration</title>
<style>body{{font:16px/1.6 "Noto Sans SC",system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ccc}}
td:last-child{{font-variant-numeric:tabular-nums}}p.note{{color:#8a3b00}}</style></head><body>
<h1>鉴定台 · 一次演示的鉴定日</h1><p>One appraisal day of {centre_zh} / {centre_en}.</p>
<p class="note">演示数据，人员均为虚构。Everybody in it is invented.</p>
<table>{figures}</table><h2>文件 Files</h2><table>{files}</table></body></html>
"""
_FIGURES = (
    ("candidates", "考生", "Candidates"), ("enrolled", "报名", "Enrolled"),
    ("refused_rows", "未受理的行", "Rows refused"), ("passed", "合格", "Passed"), ("failed", "不合格", "Failed"),
    ("incomplete", "成绩不全", "Incomplete"), ("void", "成绩无效", "Void"),
    ("certificates", "证书", "Certificates"), ("verified", "查验有效", "Verified"),
    ("records", "上报记录", "Records sent"), ("accepted", "已入库", "Accepted"))


def index_page(result: Mapping[str, Any], script: Script) -> str:
    figures = "".join(f"<tr><td>{zh}</td><td>{en}</td><td>{result[name]}</td></tr>" for name, zh, en in _FIGURES)
    out = Path(result["out"])
    files = [(result["pdf"], "证书", "Certificates"), (result["bundle"], "上报包", "Bundle"),
             *((one, "回执", "Receipt") for one in result["receipts"]),
             (result["data"], "鉴定台数据", "The desk's data")]
    listed = "".join(f'<tr><td><a href="{escape(_relative(Path(path), out))}">{escape(_relative(Path(path), out))}</a>'
                     f"</td><td>{zh}</td><td>{en}</td></tr>" for path, zh, en in files)
    return _PAGE.format(centre_zh=escape(script.centre.name.zh), centre_en=escape(script.centre.name.en),
                        figures=figures, files=listed)


def _relative(path: Path, out: Path) -> str:
    inside = path.resolve().is_relative_to(out.resolve())
    return path.resolve().relative_to(out.resolve()).as_posix() if inside else str(path)
