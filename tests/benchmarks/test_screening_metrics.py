"""The figures of the screening benchmark, against scikit-learn and cases done by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import metrics, perturb, reliability
from screening.adapters import Answer
from screening.data import Listed, forms, is_latin, joined, right_answers, same_text

CASES = st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=2, max_size=60)


def _split(cases):
    scores, right = zip(*cases, strict=True)
    return np.array(scores) / 10, np.array(right, dtype=bool)


def test_precision_and_recall_by_hand():
    scores, right = np.array([0.9, 0.8, 0.8, 0.1]), np.array([True, True, False, True])
    found = metrics.curve(scores, right)
    assert found.thresholds.tolist() == [0.9, 0.8, 0.1]
    assert found.precision.tolist() == [1, 2 / 3, 3 / 4]
    assert found.recall.tolist() == [1 / 3, 2 / 3, 1]
    assert metrics.recall_at_precision(scores, right, 0.75) == 1
    assert metrics.recall_at_precision(scores, right, 0.9) == pytest.approx(1 / 3)
    assert metrics.recall_at_precision(scores, right, 0.9, whole=10) == pytest.approx(0.1)
    assert metrics.threshold_at_precision(scores, right, 0.9) == 0.9


@given(CASES)
def test_the_curve_is_that_of_scikit_learn(cases):
    sklearn = pytest.importorskip("sklearn.metrics")
    scores, right = _split(cases)
    if not right.any():
        return
    precision, recall, thresholds = sklearn.precision_recall_curve(right, scores)
    found = metrics.curve(scores, right)
    order = thresholds[::-1].tolist()
    assert found.thresholds.tolist() == order
    assert np.allclose(found.precision, precision[:-1][::-1])
    assert np.allclose(found.recall, recall[:-1][::-1])
    accepted = scores >= metrics.f1_threshold(scores, right)
    best = max(sklearn.f1_score(right, scores >= t) for t in thresholds)
    assert metrics.rates(accepted, right)[2] == pytest.approx(best)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200), st.sampled_from([0.0, 0.001, 0.05, 0.5, 1.0]))
def test_alerts_are_as_few_as_asked_and_no_lower_threshold_keeps_to_it(scores, share):
    held = np.array(scores)
    threshold = metrics.alert_threshold(held, share)
    assert (held >= threshold).sum() <= share * len(held)
    below = held[held < threshold]
    if len(below):
        assert (held >= below.max()).sum() > int(share * len(held))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60), st.integers(2, 5))
def test_no_group_is_split_between_folds(groups, folds):
    fold = metrics.group_folds(groups, folds)
    assert all(len({f for f, g in zip(fold, groups, strict=True) if g == group}) == 1 for group in groups)
    sizes = [int((fold == f).sum()) for f in range(folds)]
    assert max(sizes) - min(sizes) <= max(groups.count(g) for g in groups)


def test_a_fold_is_decided_by_the_others_alone():
    scores, right = np.array([0.9, 0.2, 0.6, 0.4]), np.array([True, False, True, False])
    seen = []

    def choose(s, r):
        seen.append(s.tolist())
        return 0.5

    accepted = metrics.held_out_decisions(scores, right, np.array([0, 0, 1, 1]), choose)
    assert seen == [[0.6, 0.4], [0.9, 0.2]]
    assert accepted.tolist() == [True, False, True, False]


def test_intervals():
    low, high = metrics.wilson(8, 10)  # Newcombe 1998, table of method 3
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert metrics.wilson(0, 0) == (0, 1)
    values = np.repeat([0.0, 1.0], 200)
    low, high = metrics.bootstrap(lambda drawn: float(values[drawn].mean()), 400)
    assert low == pytest.approx(0.5 - 1.96 * np.sqrt(0.25 / 400), abs=0.01)  # the normal interval of the mean
    assert high == pytest.approx(0.5 + 1.96 * np.sqrt(0.25 / 400), abs=0.01)


def test_rows_that_share_a_key_through_others_are_one_group():
    groups = joined([["a"], ["b"], ["a", "c"], ["c", "d"], ["e"]])
    assert groups[0] == groups[2] == groups[3]
    assert len(set(groups)) == 3


@given(CASES)
def test_every_pair_is_in_one_bin_and_its_share_within_the_interval(cases):
    scores, right = _split(cases)
    found = reliability.bins(scores, right)
    assert sum(b.count for b in found) == len(scores)
    assert sum(round(b.share * b.count) for b in found if b.share is not None) == right.sum()
    assert all(b.share_low - 1e-9 <= b.share <= b.share_high + 1e-9 for b in found if b.share is not None)


def test_a_score_that_is_the_share_has_no_error():
    scores = np.repeat([0.05, 0.95], 100)
    right = np.concatenate([np.arange(100) < 5, np.arange(100) < 95])
    assert reliability.expected_error(reliability.bins(scores, right)) == pytest.approx(0)


NAMES = st.lists(st.text("abcdeinorstuABCDEINORSTU", min_size=2, max_size=9), min_size=1, max_size=5).map(" ".join)


@given(NAMES, st.integers(0, 9), st.integers(0, 3))
def test_a_changed_name_is_the_same_on_every_run_and_names_its_changes(name, number, seed):
    one = perturb.perturbed(name, number, seed)
    assert one == perturb.perturbed(name, number, seed)
    assert one.original == name
    assert set(one.classes) <= {c.__name__ for c in perturb.CLASSES}
    assert (one.text == name) <= (len(one.classes) != 1)  # one change recorded is one made


@given(NAMES, st.randoms(use_true_random=False))
def test_each_change_does_what_its_name_says(name, rng):
    words = name.split()
    assert sorted(perturb.order(name, rng).replace(",", "").split()) == sorted(words)
    assert len(perturb.dropped(name, rng).split()) == len(words) - (len(words) > 2)
    assert len(perturb.added(name, rng).split()) == len(words) + 1
    assert perturb.together(name, rng).replace(" ", "").lower() == name.replace(" ", "").lower()
    assert sorted(perturb.swap(name, rng)) == sorted(name)
    assert name.startswith(perturb.cut(name, rng))
    assert abs(len(perturb.typo(name, rng)) - len(name)) <= 1
    assert len(perturb.homoglyph(name, rng)) == len(name)


def test_weights_are_shares():
    assert sum(perturb.CLASSES.values()) == pytest.approx(1)
    assert sum(perturb.COUNTS.values()) == pytest.approx(1)


def test_who_is_right():
    held = Listed(("Al Qaida", "QAÍDA, al", "Other Co., Ltd."), ("a", "b", "c"), ("Company",) * 3)
    assert right_answers(["al-Qaida", "Other Limited", "Nobody"], held) == [{"a", "b"}, {"c"}, set()]
    assert same_text("Co Ltd") == "co ltd"
    answer = Answer(("a", "c"), (0.9, 0.8), ("x", "y"))
    assert answer.first_is(frozenset("a"))
    assert answer.score_of(frozenset("c")) == 0.8
    assert answer.without(frozenset("a")).entities == ("c",)


def test_printed_forms():
    assert forms("Ivan PETROV (a.k.a. Iwan PETROW)", "Person") == ["Ivan PETROV", "Iwan PETROW"]
    assert forms("Anna IVANOVA (born PETROVA)", "Person") == ["Anna IVANOVA"]
    assert forms("Fictive Tech (HK) Co. Ltd.", "Organization") == ["Fictive Tech (HK) Co. Ltd"]
    assert is_latin("Łódź 5")
    assert not is_latin("Łódź 五")


def test_the_bins_can_be_read_by_the_picture(tmp_path, shared, monkeypatch):
    monkeypatch.setenv("ENTREPOT_SHARED", str(shared))

    class Fixed:
        def score_pairs(self, pairs, _):
            return np.linspace(0, 1, len(pairs))

    reliability.write(Fixed(), tmp_path / "r.json")
    kept = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert sum(b["count"] for b in kept["bins"]) == kept["pairs"]


def test_the_table_of_the_page_is_that_of_the_figures():
    import marked
    import screening_docs

    page = screening_docs.PAGE.read_text(encoding="utf-8")
    table = screening_docs.thresholds_table(screening_docs.read("screening-thresholds.json"))
    assert marked.filled(page, table, screening_docs.PAGE) == page, "run scripts/screening_docs.py"


def test_a_page_without_marks_is_refused():
    from marked import filled

    with pytest.raises(ValueError, match=r"page\.md lacks"):
        filled("no marks", "table", Path("page.md"))
