"""What the terminal says once everything runs: the addresses, and sign-ins that work."""

from . import people, private
from .people import ROLE_NAMES, Account, Role
from .place import Place


def greeting(here: Place) -> str:
    accounts = [account for account in people.accounts(people.read(here.catalogue)) if account.usual]
    return "\n".join([*_addresses(here), *_sign_ins(here, accounts), *_example(here, accounts), ""])


def _addresses(here: Place) -> list[str]:
    return [
        "",
        f"网站        {here.address('origin')}/",
        f"接口        {here.address('origin')}/api/health",
        f"邮件和短信  {here.address('origin')}/mailbox/",
        f"登录服务    {here.address('issuer')}/",
        f"AWS 模拟器  {here.address('emulator')}/",
        f"数据        {here.state}",
    ]


def _sign_ins(here: Place, accounts: list[Account]) -> list[str]:
    if not accounts:
        return ["", "还没有编译好的事项目录，所以没有登录账号。"]
    lines = ["", f"登录账号（密码都是 {private.password(here.state)}）："]
    for locality in dict.fromkeys(account.locality.slug for account in accounts):
        there = [account for account in accounts if account.locality.slug == locality]
        lines.append(f"  {there[0].locality.name}  {here.address('origin')}/{locality}/staff/")
        lines += [_role_line(role, there) for role in Role if any(account.role is role for account in there)]
    return lines


def _role_line(role: Role, accounts: list[Account]) -> str:
    names = [account.username for account in accounts if account.role is role]
    return f"    {ROLE_NAMES[role]}  {'  '.join(names)}"


def _example(here: Place, accounts: list[Account]) -> list[str]:
    if not accounts:
        return []
    one = accounts[0]
    port = "" if here.port == Place().port else f" --port {here.port}"
    state = "" if here.state == Place().state else f" --state {here.state}"
    who = f"--locality {one.locality.slug} --role {one.role} --agency {one.agency.name}"
    return ["", f"令牌：python scripts/token.py {who}{port}{state}"]
