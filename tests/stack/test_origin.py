"""One origin: what a browser, a careless client and a hostile one get from it."""

import socket
import threading

import pytest
import requests

from tests.stack.processes import Stack

pytestmark = pytest.mark.stack

JSON = {"Content-Type": "application/json"}
BYTES = {"Content-Type": "application/octet-stream"}


def raw(stack: Stack, request: bytes) -> bytes:
    """What comes back until the server closes or falls silent."""
    with socket.create_connection(("127.0.0.1", stack.port), timeout=5) as connection:
        connection.sendall(request)
        connection.settimeout(1)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except TimeoutError:
            pass
        return answer


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/guide/", 200),
        ("/long.css", 200),
        ("/nothing", 404),
        ("/api/health", 200),
        ("/api/nothing", 404),
        ("/api", 404),
        ("/api/broken", 500),
        ("/api/elsewhere", 303),
        ("/mailbox/", 200),
        ("/mailbox/nothing", 404),
        ("/build-error.txt", 404),
    ],
)
def test_every_answer_carries_the_security_headers(sample: Stack, path: str, status: int) -> None:
    answer = requests.get(sample.origin + path, timeout=5, allow_redirects=False)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; object-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_folder_without_its_slash_leads_to_its_page(sample: Stack) -> None:
    answer = requests.get(f"{sample.origin}/guide", timeout=5)
    assert answer.url == f"{sample.origin}/guide/"
    assert "指南" in answer.text


def test_a_page_that_is_not_there_shows_the_sites_own_404(sample: Stack) -> None:
    answer = requests.get(f"{sample.origin}/nowhere/", timeout=5)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text


def test_a_page_is_not_sent_again_when_the_browser_has_it(sample: Stack) -> None:
    first = requests.get(sample.origin, timeout=5)
    again = requests.get(sample.origin, headers={"If-Modified-Since": first.headers["Last-Modified"]}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Content-Security-Policy"]


def test_a_precompressed_file_is_sent_to_whom_it_suits(sample: Stack) -> None:
    packed = requests.get(f"{sample.origin}/long.css", headers={"Accept-Encoding": "gzip"}, timeout=5)
    plain = requests.get(f"{sample.origin}/long.css", headers={"Accept-Encoding": "identity"}, timeout=5)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.text == plain.text


@pytest.mark.parametrize("path", ["/", "/long.css", "/nothing", "/api/health", "/api/nothing", "/mailbox/"])
def test_after_head_the_next_answer_begins_at_once(sample: Stack, path: str) -> None:
    two = f"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\nGET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    _, _, after = raw(sample, two.encode()).partition(b"\r\n\r\n")
    assert after.startswith(b"HTTP/1.1 200 OK") or after == b""  # or the connection was closed


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/health", "/api/nothing", "/mailbox/"])
@pytest.mark.parametrize("method", ["OPTIONS", "POST", "DELETE", "TRACE"])
def test_a_method_nobody_offers_is_refused_without_an_accident(sample: Stack, path: str, method: str) -> None:
    assert requests.request(method, sample.origin + path, timeout=5).status_code < 500


@pytest.mark.parametrize(
    "path",
    ["/../app.py", "/..%2fapp.py", "/%2e%2e/%2e%2e/etc/passwd", "/guide/../../etc/passwd", "//etc/passwd", "/%00"],
)
def test_nothing_outside_the_site_can_be_read(sample: Stack, path: str) -> None:
    answer = raw(sample, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] in (b"400", b"404")
    assert b"root:" not in answer


@pytest.mark.parametrize("size", [0, 1, 6_000_000])
def test_a_body_up_to_the_limit_arrives_whole(sample: Stack, size: int) -> None:
    answer = requests.post(f"{sample.origin}/api/echo", b"x" * size, headers=BYTES, timeout=20)
    assert answer.json() == {"length": size}


def test_a_body_in_chunks_arrives_whole(sample: Stack) -> None:
    answer = requests.post(f"{sample.origin}/api/echo", iter([b"x" * 1000] * 10), headers=BYTES, timeout=5)
    assert answer.json() == {"length": 10_000}


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_above_the_limit_is_refused_kindly(sample: Stack, chunked: bool) -> None:
    body = iter([b"x" * 1_000_001] * 6) if chunked else b"x" * 6_000_006
    answer = requests.post(f"{sample.origin}/api/echo", body, headers=BYTES, timeout=20)
    assert answer.status_code == 413
    assert answer.json()["problems"][0]["code"] == "too_large"


@pytest.mark.parametrize("length", ["abc", "-5", "1_0", "+2", "9" * 30])
def test_a_length_that_is_no_length_is_refused(sample: Stack, length: str) -> None:
    head = f"POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    assert raw(sample, head.encode() + b"Connection: close\r\n\r\n{}").split(b" ")[1] in (b"400", b"413")


def test_broken_chunks_are_refused(sample: Stack) -> None:
    head = b"POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert raw(sample, head + b"zz\r\n{}\r\n0\r\n\r\n").split(b" ")[1] == b"400"


def test_an_error_shows_neither_trace_nor_text(sample: Stack) -> None:
    answer = requests.get(f"{sample.origin}/api/broken", timeout=5)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "a name" not in answer.text


def test_an_answers_headers_all_arrive(sample: Stack) -> None:
    answer = requests.get(f"{sample.origin}/api/elsewhere", timeout=5, allow_redirects=False)
    assert answer.headers["Location"] == "/guide/"
    assert answer.headers["Set-Cookie"] == "a=1, b=2"
    assert answer.headers["Cache-Control"] == "no-store"


def test_two_requests_at_once_do_not_see_each_other(sample: Stack) -> None:
    seen: dict[str, str] = {}

    def ask(name: str) -> None:
        seen[name] = requests.get(f"{sample.origin}/api/together/{name}", timeout=10).json()["path"]

    threads = [threading.Thread(target=ask, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"one": "one", "two": "two"}
