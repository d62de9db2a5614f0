"""Money finds its way: accounts in use are asked for and shown to who pays; a choice is offered where there is one."""

from __future__ import annotations

from ..place import Place, Report
from ..problem import can_be, quote


def check(place: Place, report: Report) -> None:
    asked = place.asked_fields
    choice = [slug for slug, item in place["items"].items() if len(item["payees"]) > 1]
    if choice and "payee" not in asked:
        what = f"有可以选择账户的业务办理项（{choice[0]}），网上表单却没有问 payee"
        report.say(("form", "steps"), what, "在某一步的 fields 里写上 payee", at_key=True)
    if "payee" in asked and not choice:
        report.say(asked["payee"], "没有一个业务办理项可以选择账户，不用问 payee", "去掉它")
    for slug in place["items"]:
        _check_item(place, report, slug)


def _check_item(place: Place, report: Report, slug: str) -> None:
    item = place["items"][slug]
    for path, account in place.each("items", slug, "payees", "*"):
        if account not in place["accounts"]:
            continue
        if account not in place.asked_accounts:
            report.say(path, f"网上表单没有问{quote(account)}的账号", f"在 steps 里写上 accounts.{account}. 开头的内容")
        elif f"accounts.{account}" not in item["discloses"]:
            report.say(path, f"钱可以打到{quote(account)}，部门却看不到它", f"在 discloses 里写上 accounts.{account}")
    for path, name in place.each("items", slug, "discloses", "*"):
        account = name.removeprefix("accounts.")
        if account in place.asked_accounts and name != account and account not in item["payees"]:
            allowed = f"去掉它，或者在 payees 里写上 {account}"
            report.say(path, f"这一项不打钱到{quote(account)}，部门不应该看到", allowed)
    for path, account in place.each("items", slug, "materials", "*", "payee"):
        if account in place["accounts"] and account not in item["payees"]:
            report.say(path, f"这一项不打钱到{quote(account)}", can_be(item["payees"]))
