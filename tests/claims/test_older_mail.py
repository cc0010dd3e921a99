"""The older mail below an answer is left out, whatever program and language set its head; what is sent on is read."""

from datetime import date
from html import escape

import pytest

from entrepot.claims.open import of_bytes

OWN = "Xinjiang’s foreign trade reached 520.4 billion yuan in 2025."
OLD = "Horgos handled 7,777 trains in 2024."
HEADS = {
    "Outlook": "From: B <b@x.example>|Sent: Saturday, August 1, 2026 10:00 AM|To: A <a@desk.example>|Subject: trains",
    "Mac": "From: B <b@x.example>|Date: Saturday, 1 August 2026 at 10:00|To: A <a@desk.example>|Cc: C|Subject: trains",
    "Express": "From: B|To: A|Sent: Saturday, August 01, 2026 10:00 AM|Subject: trains",
    "German": "Von: B <b@desk.example>|Gesendet: Samstag, 1. August 2026 10:00|An: A|Betreff: Züge",
    "Russian": "От: B <b@desk.example>|Отправлено: 1 августа 2026 г. 10:00|Кому: A|Тема: поезда",
    "Chinese": "发件人: B <b@desk.example>|发送时间: 2026年8月1日 10:00|收件人: A|主题: 列车",
    "full width": "发件人：B|日期：2026年8月1日|收件人：A|主题：列车",
    "French": "De : B|Envoyé : samedi 1 août 2026 10:00|À : A|Objet : trains",
    "stars": "*From:* B|*Sent:* Saturday, August 1, 2026|*To:* A|*Subject:* trains",
}  # fmt: skip


def _read(body, kind="plain", subject="Re: trains"):
    head = (
        f"From: A <a@desk.example>\nTo: B <b@desk.example>\nSubject: {subject}\nDate: Sun, 02 Aug 2026 09:00:00 +0000\n"
    )
    data = f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}\n".encode()
    report = of_bytes(data, "a.eml", published=date(2026, 8, 2))
    return report.text.removeprefix(f"{subject}\n").split("\n"), dict(report.left_out)


def _border(head):
    return (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        f"{escape(head).replace('|', '<br>')}</p></div>"
    )


def _row(line):
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.split(" ", 1)) + "</tr>"


MARKUP = {
    "a border": _border,
    "an id": lambda head: f'<hr><div id="divRplyFwdMsg"><font>{escape(head).replace("|", "<br>")}</font></div>',
    "paragraphs": lambda head: "".join(f"<p>{escape(line)}</p>" for line in head.split("|")),
    "cells": lambda head: "<table>" + "".join(map(_row, head.split("|"))) + "</table>",
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("markup", ["a border", "an id", "paragraphs"])
def test_in_html(head, markup):
    body = f"<div><p>{OWN}</p>{MARKUP[markup](HEADS[head])}<p>{OLD}</p><p>{OLD}</p></div>"
    assert _read(body, "html") == ([OWN], {"quoted mail": 1})


def test_a_head_in_a_table():
    assert _read(f"<p>{OWN}</p>{MARKUP['cells'](HEADS['Outlook'])}<p>{OLD}</p>", "html") == ([OWN], {"quoted mail": 1})


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("line", ["", "-----Original Message-----\n", "________________________________\n"])
def test_in_plain_text(head, line):
    body = f"{OWN}\n\n{line}{HEADS[head]}\n\n{OLD}".replace("|", "\n")
    assert _read(body) == ([OWN], {"quoted mail": 1})


@pytest.mark.parametrize("line", ["Original Message", "Ursprüngliche Nachricht", "Исходное сообщение", "原始邮件"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_line_between_two_mails(line, kind):
    parts = (OWN, f"-----{line}-----", OLD)
    body = "\n\n".join(parts) if kind == "plain" else "".join(f"<p>{part}</p>" for part in parts)
    assert _read(body, kind) == ([OWN], {"quoted mail": 1})


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("own", "subject"),
    [
        ("", "FW: trains"), ("FYI", "Fwd: trains"), ("FYI.", "Re: trains"), ("Please check this.", "trains"),
        (OWN, "WG: Züge"), ("", "Re: trains"), ("Как думаете?", "Пересл: поезда"), ("供参考。", "转发：列车"),
        ("FYI\n\n-- \nA. Desk, tel 7946 0000", "x"),
    ],
)  # fmt: skip
def test_what_is_sent_on_is_read(head, own, subject):
    read, left_out = _read(f"{own}\n\n{HEADS[head]}\n\n{OLD}".replace("|", "\n"), subject=subject)
    assert OLD in read
    assert left_out == {}
    page = f"<p>{own.partition('--')[0]}</p>{_border(HEADS[head])}<p>{OLD}</p>"
    read, left_out = _read(page, "html", subject)
    assert OLD in read
    assert left_out == {}


def test_what_the_mail_that_is_sent_on_answers_is_left_out():
    body = f"FYI\n\n{HEADS['Outlook']}\n\n{OWN}\n\n{HEADS['German']}\n\n{OLD}".replace("|", "\n")
    read, left_out = _read(body, subject="FW: trains")
    assert read[-1] == OWN
    assert left_out == {"quoted mail": 1}


@pytest.mark.parametrize(
    "body",
    [
        f"{OWN}\n\n---------- Forwarded message ---------\nFrom: B\nDate: 1 Aug 2026\nSubject: trains\nTo: A\n\n{OLD}",
        f"{OWN}\n\nBegin forwarded message:\n\nFrom: B\nSubject: trains\nDate: 1 August 2026\nTo: A\n\n{OLD}",
        f"FROM: Press office\nTO: Editors\nDATE: 1 August 2026\nSUBJECT: Trains\n\n{OLD}",  # a memorandum
        f"{OWN}\n\nFrom: Horgos to Almaty.\n\n{OLD}",
        f"{OWN}\n\nFrom: our desk\n\nSubject: {OLD}",
        f"{OWN}\n\nThe original message:\n\n{OLD}",
    ],
)
def test_what_looks_like_it_stays(body):
    read, left_out = _read(body)
    assert OLD in read[-1]
    assert left_out == {}


def test_a_figure_of_ones_own_makes_no_sender_of_what_is_below():
    head = HEADS["Outlook"].replace("|", "\n")
    assert _read(f"We count 8,730 trains.\n\n{head}\n\n{OLD}", subject="trains") == (
        ["We count 8,730 trains."],
        {"quoted mail": 1},
    )


def test_thanks_under_an_answer_send_nothing_on():
    head = HEADS["Outlook"].replace("|", "\n")
    assert _read(f"Thanks, noted.\n\n{head}\n\n{OLD}") == (["Thanks, noted."], {"quoted mail": 1})
