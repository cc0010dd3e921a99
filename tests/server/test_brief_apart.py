"""An answer worked out in a process of its own: told as it comes, refused as in the server's own process."""

from __future__ import annotations

from multiprocessing import Pipe

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.answer import unheard
from entrepot.server.page_parts import brief_apart as apart


def heard(*messages, progress=unheard, first=unheard):
    ours, theirs = Pipe(duplex=False)
    with ours:
        with theirs:
            for message in messages:
                theirs.send(message)
        return apart._heard(ours, progress, first)


def test_steps_and_what_is_known_early_are_told_before_the_answer():
    told = []
    answer = heard(
        (apart._STEP, ("the answer",)), (apart._FIRST, "early"), (apart._STEP, (1, 2)), (apart._DONE, "all"),
        progress=lambda *step: told.append(step), first=told.append,
    )  # fmt: skip
    assert (answer, told) == ("all", [("the answer",), "early", (1, 2)])


def test_a_process_that_was_ended_says_nothing_more():
    with pytest.raises(EOFError):
        heard((apart._STEP, ("the answer",)))


def test_what_the_verb_refuses_is_refused_here_with_its_facts(tmp_path):
    with pytest.raises(UnknownNameError, match="uflpa") as refused:
        apart.brief_apart("uflpaa", as_of=None, store=tmp_path / "store", progress=unheard, first=unheard)
    assert str(refused.value.remedy or refused.value.allowed)


def test_a_fault_of_ours_is_one_here_too():
    with pytest.raises(RuntimeError, match="where it was"):
        heard((apart._FAILED, "where it was"))


def test_who_ends_it_ends_its_process(tmp_path):
    def ended(*_step):
        raise BadInputError("ended")

    with pytest.raises(BadInputError, match="ended"):
        apart.brief_apart("ofac-xinjiang", as_of=None, store=tmp_path / "store", progress=ended, first=unheard)
