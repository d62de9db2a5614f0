"""What counts as a request to another host, and what the content policy would block."""

import pytest

from scripts.guide.hosts import foreign, in_code, in_markup


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://unpkg.example/a.js"></script>',
        '<img src="//cdn.example/a.png">',
        '<img srcset="a.png 1x, https://cdn.example/b.png 2x">',
        '<link rel="stylesheet" href="https://fonts.example/a.css">',
        '<form action="http://elsewhere.example/"></form>',
        '<svg><use xlink:href="https://cdn.example/a.svg#b"></use></svg>',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        '<p style="color:red">',
        '<p onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_a_page_may_not_load_from_elsewhere_or_carry_code(markup: str) -> None:
    assert in_markup(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="http://elsewhere.example/">a link somebody may follow</a>',
        '<link rel="stylesheet" href="../assets/site.css">',
        '<script src="/assets/form.js" defer></script>',
        '<script type="application/json" id="data">{"a": 1}</script>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        '<a href="tel:+8653712345">0537</a>',
    ],
)
def test_a_page_may_link_anywhere_and_load_its_own(markup: str) -> None:
    assert in_markup(markup) == []


@pytest.mark.parametrize(
    "code", ["@import url(https://fonts.example/a.css)", 'fetch("//api.example")', "new WebSocket('wss://a.example')"]
)
def test_style_sheets_and_scripts_may_not_name_a_host(code: str) -> None:
    assert in_code(code)


def test_comments_and_the_names_of_namespaces_are_no_hosts() -> None:
    assert in_code('// a comment\ncreateElementNS("http://www.w3.org/2000/svg", "path") //another') == []


def test_every_kind_of_file_is_searched(tmp_path) -> None:
    (tmp_path / "a.html").write_text('<img src="//a.example">')
    (tmp_path / "b.svg").write_text('<svg onload="go()"/>')
    (tmp_path / "c.css").write_text("p{background:url(//c.example/d.png)}")
    (tmp_path / "d.js").write_text('fetch("https://d.example")')
    assert [found.partition(":")[0] for found in foreign(tmp_path)] == ["a.html", "b.svg", "c.css", "d.js"]
