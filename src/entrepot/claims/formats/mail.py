"""A mail (EML) and a page that a browser saved in one file (MHTML), by the standard library's reader of mail.

The HTML of it is read where there is one, else its plain text. What is attached is another file: named, and not read.
What an answer quotes of the mail before is another's words: left out and counted; what is forwarded is read.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from typing import TYPE_CHECKING

from entrepot.claims.formats import headline, html, text
from entrepot.claims.formats.parts import ATTACHMENT, QUOTED
from entrepot.claims.formats.set_aside import quoted_mail
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

    from entrepot.claims.formats.parts import Parts

# What a browser writes into the header of a page that it saves; its date is that of the saving.
_SAVED = ("snapshot-content-location", "content-location")
# The lines of an answer that quote; ">From" is how a file of mails writes From.
_QUOTES = re.compile(rb">(?!From )")
# What stands above a quotation: On Monday, 6 January, the desk wrote.
_WROTE = re.compile(
    r".{0,240}(?:\b(?:wrote|writes|schrieb)\b.{0,60}|\b(?:написал\w*|пишет)\b.{0,60}|[写寫]道)\s?[:：]", re.DOTALL
)
_HEAD_LINES = 3  # of what says so
_MOST_NAMED = 5  # attachments in one sentence
# What a header or a body that is damaged makes the standard library raise.
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError, AssertionError)


def extract(data: bytes, origin: str, encoding: str | None = None) -> Parts:
    """The paragraphs of a mail or of a saved page; its date, subject and sender as what it says of itself.

    Raises:
        UnreadableFileError: no such file, or without a text.
    """
    try:
        whole = message_from_bytes(data, policy=policy.default)
        body = whole.get_body(("html", "plain")) if whole.keys() else None
        if body is None and whole.get_content_maintype() == "multipart":  # a page whose first part is not its root
            body = next((p for p in whole.walk() if p.get_content_type() == "text/html"), None)
        data, charset = _bytes(body)
        said = _said(whole)
        attached = [_name(p) for p in whole.walk() if p.get_content_disposition() == "attachment"]
    except _BROKEN as exc:
        raise UnreadableFileError(
            origin, tr("no mail that can be read"), remedy=tr("Save its text as a file of its own.")
        ) from exc
    if body is None or not data.strip():
        remedy = (
            tr("Save what is attached as a file of its own.") if attached else tr("Save it again, or save its text.")
        )
        raise UnreadableFileError(origin, tr("no text in the mail"), remedy=remedy)
    reader = html.extract_body if body.get_content_subtype() == "html" else text.extract
    quoted = 0
    if reader is text.extract:
        data, quoted = _answered(data)
    found = reader(data, origin, encoding or (html.as_declared(charset, origin) if charset else None))
    if quoted:
        found.left_out[QUOTED] += quoted
    if found.left_out[QUOTED]:
        found.parts = [p for p in found.parts if not _WROTE.fullmatch(p.text)]
    for key, value in said.items():
        found.say(key, value)
    if _is_saved(whole):
        html.put_headline(found)
    else:  # the sender's own words before those of a template
        quoted_mail.leave_out(found, said["title"])
        found.metadata.update({k: v for k, v in said.items() if v})
        headline.put_first(found)
    if attached:
        found.left_out[ATTACHMENT] += len(attached)
        names = ", ".join(attached[:_MOST_NAMED])
        more = tr("{names} and more", names=names) if len(attached) > _MOST_NAMED else names
        found.notes.append(tr("What is attached was not read: {names}. Save it and check it by itself.", names=more))
    return found


def _answered(data: bytes) -> tuple[bytes, int]:
    """A plain text without what it quotes, and how many pieces that were; as it is where nothing else stands in it."""
    kept: list[bytes] = []
    quoted, inside = 0, False
    lines = data.splitlines(keepends=True)
    for line in lines:
        quotes = _QUOTES.match(line) is not None
        if quotes and not inside:
            quoted += 1
            _take_head(kept)
        inside = quotes or (inside and not line.strip())
        if not quotes:
            kept.append(line)
    left = b"".join(kept)
    return (left, quoted) if left.strip() else (data, 0)


def _take_head(kept: list[bytes]) -> None:
    """Take away the line above a quotation that says who wrote it when, which may be broken over two or three."""
    last = next((at for at in range(len(kept), 0, -1) if kept[at - 1].strip()), 0)
    for first in range(last - 1, max(last - 1 - _HEAD_LINES, -1), -1):
        said = b" ".join(kept[first:last]).decode("utf-8", "replace").strip()
        if _WROTE.fullmatch(said) and re.search(r"\d", said):
            del kept[first:]
            return


def _bytes(body: MIMEPart | None) -> tuple[bytes, str | None]:
    """The bytes of a part, and the encoding that it says it is in; a browser leaves that to the page."""
    if body is None:
        return b"", None
    payload = body.get_payload(decode=True)
    charset = body.get_content_charset()
    return (payload if isinstance(payload, bytes) else b""), None if charset == "us-ascii" else charset


def _is_saved(whole: EmailMessage) -> bool:
    return any(name in whole for name in _SAVED)


def _said(whole: EmailMessage) -> dict[str, str]:
    """What the header says; the day of a mail is that of the report, the day of a saving is not."""
    saved = _is_saved(whole)
    try:
        sent = getattr(whole["date"], "datetime", None)
    except OverflowError:  # a date of more digits than the calendar counts in
        sent = None
    day = "" if sent is None else sent.date().isoformat()
    sender = "" if saved else str(whole["from"] or "")
    return {"published": "" if saved else day, "title": str(whole["subject"] or ""), "author": sender}


def _name(part: MIMEPart) -> str:
    return part.get_filename() or part.get_content_type()
