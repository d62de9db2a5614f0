"""An edit makes a new site; a broken one leaves the last good site up and says where it is broken."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.local.build import Builder
from scripts.local.site import site
from scripts.local.watch import Watch

PAGE = "<!doctype html><html><body class='x'><p>{}</p></body></html>"


class Source:
    """A site made from one file by a program that, like the real one, refuses what is broken."""

    def __init__(self, folder: Path) -> None:
        self.file, self.error = folder / "source.txt", folder / "build-error.txt"
        self.builder = Builder(folder / "builds", self.error, {}, self.command)

    def command(self, folder: Path) -> list[str]:
        program = (
            "import pathlib, sys; text = pathlib.Path(sys.argv[1]).read_text()\n"
            "if 'broken' in text: sys.exit('matters.yaml:3:5: broken <here>')\n"
            "folder = pathlib.Path(sys.argv[2]); folder.mkdir()\n"
            f"(folder / 'index.html').write_text({PAGE!r}.format(text))\n"
        )
        return [sys.executable, "-c", program, str(self.file), str(folder)]

    def build(self, text: str) -> bool:
        self.file.write_text(text)
        self.builder.start()
        return self.builder.wait()

    def page(self) -> str:
        assert self.builder.folder is not None
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_ACCEPT_ENCODING": "gzip"}
        answer = site(self.builder.folder, self.error)(environ, lambda *_: None)
        text = b"".join(answer).decode()
        getattr(answer, "close", lambda: None)()
        return text


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Source]:
    source = Source(tmp_path)
    yield source
    source.builder.stop()


def test_a_good_build_takes_the_place_of_the_last_one(source: Source) -> None:
    assert source.build("first")
    assert source.build("second")
    assert "second" in source.page()
    assert not source.error.exists()


def test_a_broken_build_leaves_the_last_good_site_and_says_where(source: Source) -> None:
    source.build("first")
    assert not source.build("broken")
    assert "first" in source.page()
    assert "matters.yaml:3:5: broken &lt;here&gt;" in source.page()
    assert source.error.read_text().startswith("matters.yaml:3:5:")


def test_the_complaint_goes_when_the_source_is_mended(source: Source) -> None:
    source.build("first")
    source.build("broken")
    source.build("mended")
    assert "mended" in source.page()
    assert 'role="alert"' not in source.page()


def test_without_any_good_build_there_is_no_site(source: Source) -> None:
    assert not source.build("broken")
    assert source.builder.folder is None


def test_old_builds_do_not_pile_up(source: Source) -> None:
    for number in range(5):
        source.build(str(number))
    assert len([path for path in source.builder.folder.parent.iterdir() if path.name.isdigit()]) == 2  # type: ignore[union-attr]


def test_an_edit_is_noticed_once_and_only_when_it_has_settled(tmp_path: Path) -> None:
    file = tmp_path / "templates" / "page.html"
    file.parent.mkdir()
    file.write_text("one")
    watch = Watch([tmp_path / "matters.yaml", tmp_path / "templates"])
    assert not watch.changed()
    file.write_text("longer")
    looks = [watch.changed() for _ in range(4)]
    assert looks == [False, True, False, False]
    (tmp_path / "matters.yaml").write_text("new file")
    assert [watch.changed(), watch.changed()] == [False, True]
