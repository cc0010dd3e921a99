"""The desk: a file of parties dropped or pasted, its columns confirmed, its cases decided."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.screening.parties.contract import COLUMN_USES
from entrepot.server.page_parts import desk_files
from entrepot.server.page_parts.desk_files import PASTED, DeskFile
from entrepot.server.page_parts.drawn import address, drawn, with_refusals, words_of
from entrepot.server.page_parts.dropped_file import columns_of, dropped, read_anew, stopping, taken_off
from entrepot.server.page_parts.own_notice import notice_said, notice_sign
from entrepot.server.page_parts.page_notes import error_for_page, for_page
from entrepot.server.page_parts.screened_file import begin, called, give_up, screen_file
from entrepot.server.page_parts.worked_out import EndedError, Work, forget, is_at_work, stop, worked_out
from entrepot.server.pages.page import Page, Sent, Shown, pasted_or_sent
from entrepot.server.refusal import CONFLICT, NOT_FOUND, RefusedError, status_of

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.desk.desk import Desk
    from entrepot.desk.review import Review
    from entrepot.server.pages.page import Asked

SEEN_AT_ONCE = 200  # cases of a list; a reviewer works from the top, and the worst stand there
_VERDICTS = ("true", "false", "unsure")
_SEE_OTHER, _NOTHING_SENT = 303, 422  # of HTTP
_STOPS_WITHIN = 10  # seconds: as long as a screening may take from one step to the next; else its page says so


@with_refusals("desk")
def _front(asked: Asked) -> str:
    return _listed(asked, "", "")


def _listed(asked: Asked, said: str, todo: str) -> str:
    """The files of the desk, each with how far it is, below what is said of the last one that was asked for."""
    files = [(f, _state(asked.desk, f)) for f in desk_files.desk_files(asked.desk)]
    may = asked.person.may("reviewer")
    return drawn(asked, "desk", "desk.html", files=files, said=said, todo=todo, may=may)


def _state(desk: Desk, file: DeskFile) -> str:
    """The key of the word for how far a file is."""
    if file.is_screened:
        return "is_screened"
    if is_at_work(_key(desk, file)):
        return "at_work"
    if file.begun.is_file():
        return "broken_off"
    return "unread" if file.is_unread else "to_confirm"


@with_refusals("desk")
def _taken(asked: Asked) -> str | Shown:
    """Keep what was sent, and go on to its columns."""
    text, sent = pasted_or_sent(asked)
    sent = sent or (Sent(PASTED, io.BytesIO(desk_files.pasted(text))) if text.strip() else None)
    if sent is None:
        t = words_of(asked)
        return Shown(_listed(asked, t("desk.nothing_sent"), t("desk.nothing_sent_todo")), _NOTHING_SENT)
    return _to(f"/desk/{dropped(asked, sent).id}")


@with_refusals("desk")
def _file(asked: Asked) -> str | Shown:
    file = desk_files.desk_file(asked.desk, asked.path["file"])
    if file is None:
        return gone(asked)
    if not file.mapping.is_file() and not file.is_screened:
        return _columns(asked, file)
    try:
        done = worked_out(_key(asked.desk, file), lambda work: _screened(asked, file, work))
    except RefusedError:
        raise
    except EndedError:  # it was stopped, and whoever stopped it did not wait for that
        give_up(file)
        return _columns(asked, file)
    except BadInputError as exc:  # by these columns it cannot be screened: they are there to be corrected
        if file.is_screened or status_of(exc) != _NOTHING_SENT:  # it is no fault of the columns, as of a full disk
            raise
        return _columns(asked, file, error_for_page(exc))
    if isinstance(done, Work):
        said = words_of(asked)("desk.stopping" if done.ended else "desk.working", name=file.name)
        may = asked.person.may("reviewer") and not done.ended
        return drawn(
            asked, "desk", "desk_working.html", title=file.name, file=file, may=may, refresh=done.again, what=said,
            step=done.step
        )  # fmt: skip
    return _cases(asked, file)


def _key(desk: Desk, file: DeskFile) -> tuple[str, ...]:
    return ("screen", str(desk.store), file.id)


def _columns(asked: Asked, file: DeskFile, refused: str = "") -> str | Shown:
    """The columns to confirm; of a text in an encoding that is not known, where to name it.

    Args:
        asked: what is asked for, with what was chosen where the form was sent.
        file: the file.
        refused: why it cannot be screened by what was chosen.
    """
    try:
        read = columns_of(asked.desk, file)
    except BadInputError as exc:
        if not lacks_encoding(file, exc):
            raise
        return encoding_asked(asked, file, exc)
    if isinstance(read, Work):
        said = words_of(asked)("desk.reading", name=file.name)
        return drawn(asked, "desk", "working.html", title=file.name, refresh=read.again, what=said, step=read.step)
    nobody = words_of(asked)("desk.no_name_column") if read.parties is None else ""
    rows = [{**r, "holds": _field(asked, f"holds-{r['column']}") or r["holds"]} for r in read.to_pylist()]
    page = drawn(
        asked, "desk", "desk_columns.html", title=file.name, file=file, rows=rows, notes=read.notes, uses=COLUMN_USES,
        refused=refused or nobody,
    )  # fmt: skip
    return Shown(page, _NOTHING_SENT) if refused else page


def lacks_encoding(file: DeskFile, exc: BadInputError) -> bool:
    """Whether a file cannot be read because its encoding is not known, or is another than was named.

    Args:
        file: the file.
        exc: why it cannot be read.
    """
    return bool(file.encoding) or isinstance(exc.remedy, Hinted)


def encoding_asked(asked: Asked, file: DeskFile, exc: BadInputError, changes_of: str = "") -> Shown:
    """The page that asks for the encoding of a file.

    Args:
        asked: what is asked for.
        file: the file.
        exc: why it cannot be read.
        changes_of: the id of the file of which it is next month's, to which the answer leads back; empty for none.
    """
    said = {"title": file.name, "file": file, "refused": error_for_page(exc), "changes_of": changes_of}
    return Shown(drawn(asked, "desk", "desk_encoding.html", **said), status_of(exc))


def _screened(asked: Asked, file: DeskFile, work: Work) -> None:
    """Screen a file; it is screened anew only where it has not been, or where a kill broke that off."""
    if not file.is_screened:
        screen_file(asked, file, work)


def _cases(asked: Asked, file: DeskFile, refused: str = "") -> str | Shown:
    """The cases of a file, one of them whole: the one that is named, decided or not, else the first.

    Args:
        asked: what is asked for.
        file: the file.
        refused: the key of what is said of the form that was sent, whose words stay in it.

    Returns:
        The page; 404 where a case is named that the file has not.
    """
    with_quiet = asked.one("all") == "1"
    typed = {k: v[-1] for k, v in asked.form.items()} if refused else asked.kept.pop(f"/desk/{file.id}", {})
    wanted = typed.get("case") or asked.one("case")
    found: Review = asked.desk.review(str(file.results), with_quiet=with_quiet)
    rows = found.to_pylist()
    ids = [r["case_id"] for r in rows]
    case = _wanted(asked, file, found, wanted) if wanted else next(iter(rows), None)
    after = dict(pairwise(ids))
    before = {later: earlier for earlier, later in after.items()}
    here = case["case_id"] if case else ""
    page = drawn(
        asked, "desk", "desk_cases.html", title=file.name, file=file, rows=rows[:SEEN_AT_ONCE], all=len(rows),
        decided=found.unlisted, unknown="" if case else wanted,
        case=case, matches=found.matches.get(case["case_id"], ()) if case else (),
        profiles=_profiles(found, case), before=before.get(here, ""),
        after=after.get(here, ""),
        notes=_notes(file, found),
        typed=typed if typed.get("case") == here else {}, refused=refused,
        told=notice_said(asked.query.get("told", ()), asked.one("sign"), file.id, asked.one("case")),
        done=next((v for v in _VERDICTS if v == asked.one("done")), ""), waits=asked.one("waits") == "1",
        with_quiet=with_quiet, may=asked.person.may("reviewer"),
    )  # fmt: skip
    return page if case or not wanted else Shown(page, NOT_FOUND)


def _wanted(asked: Asked, file: DeskFile, found: Review, wanted: str) -> dict[str, Any] | None:
    """The case that an address names, where it is decided and not in the list too; None where there is no such case."""
    if wanted not in found.matches:
        return None
    listed = next((r for r in found.to_pylist() if r["case_id"] == wanted), None)
    if listed is not None:
        return listed
    every: Review = asked.desk.review(str(file.results), with_quiet=True)
    return next((r for r in every.to_pylist() if r["case_id"] == wanted), None)


def _rows(asked: Asked) -> Answer:
    """The cases that the page lists, or the one that the address names.

    Raises:
        RefusedError: no such file or case, or the file is not screened yet.
    """
    file = desk_files.desk_file(asked.desk, asked.path["file"])
    if file is None:
        raise RefusedError(NOT_FOUND, tr("no such file on this desk"), found=asked.path["file"])
    if not file.is_screened:
        remedy = tr("Open it on the desk, confirm its columns, and wait for its cases.")
        raise RefusedError(CONFLICT, tr("this file is not screened yet"), found=file.name, remedy=remedy)
    wanted = asked.one("case")
    found: Review = asked.desk.review(str(file.results), with_quiet=bool(wanted) or asked.one("all") == "1")
    found = replace(found, notes=tuple(for_page(_notes(file, found))))
    if not wanted:
        return found
    if wanted not in found.matches:
        raise RefusedError(NOT_FOUND, tr("no such case in this file"), found=wanted)
    return replace(found, made=found.table.filter([c == wanted for c in found.table["case_id"].to_pylist()]))


def _notes(file: DeskFile, found: Review) -> list[str]:
    """What is to be told of the cases now, and what was told when the file was screened; no path of the server."""
    return [n for n in dict.fromkeys((*found.notes, *file.noted)) if str(file.folder) not in n]


def _profiles(found: Review, case: dict[str, Any] | None) -> list[Any]:
    """What the lists say of the listed parties of a case."""
    ids = [str(e).partition(":")[2] for e in (case or {}).get("entities") or ()]
    return [found.profiles[i] for i in ids if i in found.profiles]


@with_refusals("desk")
def _acted(asked: Asked) -> Shown:
    file = desk_files.desk_file(asked.desk, asked.path["file"])
    if file is None:
        return gone(asked)
    acts = {"screen": _confirm, "again": _read_anew, "encoding": _encoded, "decide": _decide, "withdraw": _withdraw}
    acts |= {"stop": _stop, "remove": _take_off}
    act = acts.get(_field(asked, "act"))
    if act is None:
        allowed = ", ".join(acts)
        raise BadInputError(tr("the form asks for nothing known"), found=_field(asked, "act"), allowed=allowed)
    return act(asked, file)


def _confirm(asked: Asked, file: DeskFile) -> Shown:
    """Take the columns as they were confirmed, and begin to screen.

    Raises:
        RefusedError: it is screened by now, or being screened.
    """
    _refuse_screened(asked, file)
    rows = columns_of(asked.desk, file, None).to_pylist()
    said = [{**r, "holds": _field(asked, f"holds-{r['column']}") or r["holds"]} for r in rows]
    named = next((r["heading"] for r in said if r["holds"] == "name"), "")
    if not named:  # nobody would be screened, and the columns would stand confirmed
        return _whole(_columns(asked, file, words_of(asked)("desk.no_name_column")))
    free = {"name", "key", "keep", "nothing"}  # which belong to nobody
    of = [{**r, "of": "" if r["holds"] in free and r["holds"] != "name" else r["of"] or named} for r in said]
    begin(asked, file)
    desk_files.write_mapping(file, of)
    forget(_key(asked.desk, file))
    return _to(f"/desk/{file.id}")


def _encoded(asked: Asked, file: DeskFile) -> Shown:
    """Take the encoding that a file is said to be in, and read its columns by it.

    Raises:
        RefusedError: it is screened by now.
    """
    _refuse_screened(asked, file)
    desk_files.name_encoding(file, _field(asked, "encoding").strip())
    of = desk_files.desk_file(asked.desk, _field(asked, "changes_of"))
    return _to(f"/desk/{file.id}" if of is None else address(f"/desk/{of.id}/changes", **{"with": file.id}))


def _refuse_screened(asked: Asked, file: DeskFile) -> None:
    """Refuse what a screening was not read by.

    Raises:
        RefusedError: 409: it is screened, or being screened: its record says how it was read.
    """
    if file.is_screened or is_at_work(_key(asked.desk, file)):
        remedy = tr("Look at its cases; to screen it by other columns, have its columns read anew there.")
        raise RefusedError(CONFLICT, tr("this file is screened already"), found=file.name, remedy=remedy)


def _stop(asked: Asked, file: DeskFile) -> Shown:
    """Stop the screening of a file, which goes back to its columns; one that was done by then stays as it is."""
    key = _key(asked.desk, file)
    if is_at_work(key):
        with stopping(asked, file):
            is_over = stop(key, _STOPS_WITHIN)
        if is_over:
            give_up(file)
            forget(key)
    return _to(f"/desk/{file.id}")


def _take_off(asked: Asked, file: DeskFile) -> Shown:
    """Take a file off the desk: one that was refused, or sent by mistake. What was screened stays.

    Raises:
        RefusedError: it is screened by now, or being screened.
    """
    _refuse_screened(asked, file)
    taken_off(asked, file)
    forget(_key(asked.desk, file))
    return _to("/desk")


def _read_anew(asked: Asked, file: DeskFile) -> Shown:
    """Read the columns of a file anew: what was screened, its record and its cases stay where they are."""
    key = _key(asked.desk, file)
    new = read_anew(asked, file, is_at_work=is_at_work(key))
    if new.id == file.id:
        forget(key)
    return _to(f"/desk/{new.id}")


def _decide(asked: Asked, file: DeskFile) -> Shown:
    """Write a verdict with its reason to the ledger, and go on to the next case."""
    case, seen = _field(asked, "case"), _field(asked, "seen")
    if not _field(asked, "why").strip():
        return _said_again(asked, file, "desk.no_reason")
    told = asked.desk.decide(
        str(file.results), verdicts={case: _field(asked, "verdict")}, by=asked.person.name, why=_field(asked, "why"),
        seen={case: int(seen)} if seen.isdecimal() else None,
    )  # fmt: skip
    after, quiet = _field(asked, "after"), asked.one("all")
    done = "" if told else _field(asked, "verdict")
    here = case if told else after
    sign = notice_sign(told, file.id, case) if told else None
    said = {"told": list(told) or None, "sign": sign, "done": done, "waits": _waits(asked, file, case) if done else ""}
    return _to(address(f"/desk/{file.id}", case=here, all=quiet, **said))


def _waits(asked: Asked, file: DeskFile, case: str) -> str:
    """Whether what was decided of a case counts only once a second person has decided it, for an address."""
    rows = asked.desk.review(str(file.results)).to_pylist()
    return "1" if any(r["case_id"] == case and r["state"] == "second" for r in rows) else ""


def _said_again(asked: Asked, file: DeskFile, refused: str) -> Shown:
    """The form that was sent, with what is wrong with it."""
    return _whole(_cases(asked, file, refused))


def _whole(page: str | Shown) -> Shown:
    return page if isinstance(page, Shown) else Shown(page, _NOTHING_SENT)


def _withdraw(asked: Asked, file: DeskFile) -> Shown:
    case = _field(asked, "case")
    if not _field(asked, "why").strip():
        return _said_again(asked, file, "desk.no_reason_withdraw")
    asked.desk.withdraw([case], by=asked.person.name, why=_field(asked, "why"))
    return _to(address(f"/desk/{file.id}", case=case, all=asked.one("all")))


def _cases_called(asked: Asked) -> str:
    """What the cases of a file are called where they are saved: by the file, as its record is, and not by its id."""
    file = desk_files.desk_file(asked.desk, asked.path["file"])
    return "cases" if file is None else called(file, "cases")


def gone(asked: Asked) -> Shown:
    """That there is no such file on the desk, above those that there are.

    Args:
        asked: what is asked for.
    """
    t = words_of(asked)
    return Shown(_listed(asked, t("desk.gone"), t("desk.gone_todo")), NOT_FOUND)


def _field(asked: Asked, name: str) -> str:
    return (asked.form.get(name) or ("",))[-1]


def _to(where: str) -> Shown:
    return Shown("", _SEE_OTHER, headers={"location": where})


page = Page("/desk", "desk.title", _front, posts=_taken)
_HEARD = ("case", "all", "told", "sign", "done", "waits")
file_page = Page("/desk/{file}", "desk.title", _file, table=_rows, posts=_acted, heard=_HEARD, saved_as=_cases_called)
