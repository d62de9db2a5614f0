"""Gets a bearer token from the running local issuer; what `scripts/token.py` runs.

For every account the issuer knows a system client, whose secret follows from the seed in the state folder.
"""

import argparse
import base64
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from . import people, place, private
from .issuer_names import SYSTEM_PREFIX
from .people import Account, UnknownPersonError
from .place import Place


class NoTokenError(Exception):
    """The issuer gave none; the message says how to mend it."""


def main() -> int:
    options = _options()
    here = place.from_arguments(options)
    try:
        book = people.read(here.catalogue)
        account = people.find(book, options.locality, options.role, options.agency)
        print(token(here, account, options.unit))
    except (UnknownPersonError, NoTokenError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def token(here: Place, account: Account, unit: str = "") -> str:
    client = SYSTEM_PREFIX + account.username
    _require_seed(here.state)
    credentials = base64.b64encode(f"{client}:{private.client_secret(here.state, client)}".encode()).decode()
    fields = {"grant_type": "client_credentials"} | ({"unit": unit} if unit else {})
    request = urllib.request.Request(  # noqa: S310 - this machine's own issuer
        here.address("issuer") + "/token",
        urllib.parse.urlencode(fields).encode(),
        {"Authorization": f"Basic {credentials}"},
    )
    return str(_answer(request, here)["access_token"])


def _answer(request: urllib.request.Request, here: Place) -> dict[str, object]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as reply:
            answer: dict[str, object] = json.loads(reply.read())
            return answer
    except urllib.error.HTTPError as error:
        code = error.code
        error.close()
        raise NoTokenError(
            f"登录服务没有给令牌（{code}）：{here.state} 不是它的数据文件夹，请用 --state 写明。"
        ) from None
    except OSError:
        raise NoTokenError(_not_running(here)) from None


def _require_seed(state: Path) -> None:
    if not (state / "sign-in.seed").exists():
        raise NoTokenError(f"{state} 里还没有登录数据。先运行 make serve，等它打印 ready。")


def _not_running(here: Place) -> str:
    port = "" if here.port == Place().port else f" PORT={here.port}"
    return f"{here.address('issuer')} 没有登录服务在运行。先运行 make serve{port}，等它打印 ready。"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/token.py", description="打印一个本机登录服务的令牌。")
    parser.add_argument("--locality", required=True, help="地区，如 matters.yaml 里的名字")
    parser.add_argument("--role", required=True, help="角色：" + "、".join(people.Role))
    parser.add_argument("--agency", help="部门的代号或名称；窗口、督办和审计人员默认属于牵头部门")
    parser.add_argument("--unit", default="", help="部门里的一个单位")
    place.add_arguments(parser)
    if not os.environ.get("PORT"):
        parser.set_defaults(port=None)
    options = parser.parse_args()
    options.port = options.port or place.running_port(options.state) or Place().port
    return options
