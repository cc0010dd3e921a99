"""What is another's words or the site's is left out and counted: quoted mail, a question for consent, comments."""

from datetime import date

import pytest

from entrepot.claims.open import of_bytes

HEAD = "From: A <a@x.org>\nTo: D <d@x.org>\nDate: Fri, 10 Jan 2025 10:00:00 +0000\nContent-Type: text/"
ANSWER = "Khorgos handled 8,730 trains in 2024."
ASKED = "Please check: Khorgos handled 7,777 trains in 2024."


def _read(name, text):
    report = of_bytes(text.encode(), name, published=date(2025, 2, 1))
    return report.text, dict(report.left_out)


@pytest.mark.parametrize(
    "body",
    [
        f"{ANSWER}\n\nOn Mon, 6 Jan 2025 at 10:02, Desk <d@x.org> wrote:\n> {ASKED}\n> It is new.\n",
        f"{ANSWER}\nOn Mon, 6 Jan 2025 at 10:02, Desk\nwrote:\n>\n> {ASKED}\n",
        f"{ANSWER}\n\n6 января 2025 г. в 10:02 Desk <d@x.org> написал(а):\n\n> {ASKED}\n",
        f"{ANSWER}\n\n-----Original Message-----\nFrom: Desk\nSent: 6 January 2025\n\n{ASKED}\n",
    ],
)
def test_what_an_answer_quotes_is_left_out_and_counted(body):
    assert _read("mail.eml", f"{HEAD}plain; charset=utf-8\n\n{body}") == (ANSWER, {"quoted mail": 1})


@pytest.mark.parametrize("said", ['type="cite"', 'class="gmail_quote"'])
def test_so_it_is_in_html(said):
    quoted = f"<div>On Mon, 6 Jan 2025 at 10:02, Desk wrote:</div><blockquote {said}><p>{ASKED}</p></blockquote>"
    mail = f"{HEAD}html; charset=utf-8\n\n<p>{ANSWER}</p>{quoted}"
    assert _read("mail.eml", mail) == (ANSWER, {"quoted mail": 1})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mail.eml", f"{HEAD}plain; charset=utf-8\n\n> {ASKED}\n"),  # nothing else stands in it
        ("mail.eml", f"{HEAD}plain; charset=utf-8\n\nSee.\n---------- Forwarded message ---------\n{ASKED}\n"),
        ("mail.eml", f'{HEAD}html\n\n<blockquote type="cite">Begin forwarded message: {ASKED}</blockquote>'),
        ("page.html", f"<main><blockquote>{ASKED}</blockquote></main>"),
        ("report.md", f"> {ASKED}\n"),
        (
            "page.html",
            f'<body class="cookies-set"><div class="has-cookie-banner"><h1>A</h1><p>{ASKED}</p></div></body>',
        ),
        ("page.html", f'<main><div class="cookie-notice">{ASKED}</div></main>'),  # of no cookies
    ],
)
def test_what_is_of_the_report_is_read(name, text):
    read, left_out = _read(name, text)
    assert ASKED in read
    assert left_out == {}


@pytest.mark.parametrize("called", ['class="cookie-banner"', 'id="consent-popup"', 'class="site gdpr"'])
def test_a_question_for_consent_is_left_out_by_its_name_and_words(called):
    asks = f"<div {called}><p>We and our 842 partners use cookies.</p><button>Accept</button></div>"
    assert _read("page.html", f"<body>{asks}<main><p>{ANSWER}</p></main></body>") == (
        ANSWER,
        {"question for consent": 1},
    )


THREAD = "User99: Khorgos handled 5,000 trains in 2024!"


@pytest.mark.parametrize(
    "thread",
    [
        f'<div class="comments"><p>{THREAD}</p></div>',
        f'<section id="comments"><h2>2 comments</h2><p>{THREAD}</p></section>',
        f'<ol class="comment-list"><li class="comment even"><article class="comment-body">{THREAD}</article></ol>',
        f'<div id="disqus_thread"><p>{THREAD}</p></div>',
        f'<div class="story js-article-comments"><div>{THREAD}</div></div>',
        f'<div role="comment">{THREAD}</div>',
        f'<div class="UserReply" itemscope itemtype="https://schema.org/Comment"><p>{THREAD}</p></div>',
        f'<div class="comment__thread comment--nested">{THREAD}</div>',
    ],
)
def test_what_readers_wrote_below_a_report_is_left_out_and_counted(thread):
    page = f"<article><h1>Trains</h1><p>{ANSWER}</p>{thread}</article>"
    assert _read("page.html", page) == (f"Trains\n{ANSWER}", {"comments of readers": 1})


@pytest.mark.parametrize(
    "page",
    [
        f'<body class="comments-open"><h1>Trains</h1><p>By A</p><div class="has-comments">{ANSWER}</div></body>',
        f'<h1>Trains</h1><p>By A</p><div class="commentary">{ANSWER}</div>',
        f'<h1>Trains</h1><p>By A</p><div class="recommended commented">{ANSWER}</div>',
        f'<h1>Trains</h1><p>By A</p><div class="content content--comment tone-comment">{ANSWER}</div>',
        f'<p>By A</p><div class="comment-page"><h1>Trains</h1>{ANSWER}</div>',  # it holds the heading
        f'<h1>Trains</h1><div class="comment">{ANSWER}</div>',  # nothing of a report stands before it
        f'<h1>Trains</h1><p>By A</p><p class="expert-comment">{ANSWER}</p>',
        f'<h1>Trains</h1><p>By A</p><p>It is <span class="comment">{ANSWER}</span></p>',
    ],
)
def test_what_is_only_called_like_it_is_read(page):
    read, left_out = _read("page.html", page)
    assert ANSWER in read
    assert left_out == {}
