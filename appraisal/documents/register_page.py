"""A register as a page for a web site or a screen in the hall: one file, no scripts, nothing from elsewhere."""

from html import escape

from appraisal.documents.register import Register

_STYLE = (
    "body{font:16px/1.5 'Noto Sans SC','Microsoft YaHei',sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;"
    "color:#16202a}h1{font-size:1.5rem;margin:.2rem 0}p{margin:.3rem 0;color:#4a5763}table{border-collapse:collapse;"
    "width:100%;margin:1rem 0}th,td{border:1px solid #b8c2cb;padding:.35rem .6rem;text-align:left}"
    "th{background:#e9edf1}tbody tr:nth-child(even){background:#f6f8fa}"
    "@media(prefers-color-scheme:dark){body{background:#161a20;color:#e7ebef}p{color:#a9b4be}th{background:#232a33}"
    "tbody tr:nth-child(even){background:#1c222a}th,td{border-color:#3d4853}}")


def register_page(register: Register, made: str, language: str) -> bytes:
    """UTF-8 HTML. A Content-Security-Policy forbids whatever a name might bring along."""
    parts = []
    for section in register.sections:
        about = "　".join(f"{escape(name)}：{escape(value)}" for name, value in section.about)
        heads = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in register.columns)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in section.rows)
        notes = "".join(f"<p>{escape(note)}</p>" for note in section.notes)
        parts.append(f"<p>{about}</p><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{notes}")
    title = escape(f"{register.title}  {register.body}")
    return (f'<!doctype html><html lang="{"zh-CN" if language == "zh_CN" else "en"}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'
            f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>'
            f"<body><p>{escape(register.body)}</p><h1>{escape(register.title)}</h1>{''.join(parts)}"
            f"<p>{escape(register.form)}　{escape(made)}　SHA-256 {register.digest()[:16]}</p></body></html>").encode()
