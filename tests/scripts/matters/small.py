"""A small valid catalogue of an invented city, and ways to break one thing of it."""

from __future__ import annotations

from scripts.matters.check import check_text

TEXT = """\
shared:
  site: {name: 后事, tagline: 一次办, disclaimer: 以公布的为准}
  fields:
    deceased.name: {label: 逝者姓名, ask: 逝者姓名, kind: name}
    deceased.id_number: {label: 身份证号, ask: 逝者身份证号码, kind: id-number}
    applicant.name: {label: 姓名, ask: 您的姓名, kind: name}
    applicant.phone: {label: 电话, ask: 您的电话, kind: phone}
    accounts.card.number: {label: 卡号, ask: 逝者卡号, kind: bank-account}
    accounts.heir.number: {label: 账号, ask: 继承人账号, kind: bank-account}
    declaration.agreed: {label: 承诺, ask: 我同意, kind: agreement}
    declaration.signed_name: {label: 签名, ask: 签名, kind: name}
  accounts:
    card: {name: 逝者的卡, explain: 打到逝者的卡里}
    heir: {name: 继承人账户, explain: 打到继承人账户里}
  wording:
    unknown: 不清楚
    true_label: 是
    false_label: 否
    states:
      waiting: {name: 等待, explain: 等, next: 等}
      open: {name: 待受理, explain: 等, next: 等}
      accepted: {name: 办理中, explain: 等, next: 等}
      correcting: {name: 待补正, explain: 补, next: 补}
      completed: {name: 已办结, explain: 好, next: 好}
      failed: {name: 未办结, explain: 看, next: 看}
      declined: {name: 不受理, explain: 看, next: 看}
      withdrawn: {name: 已撤回, explain: 看, next: 看}
    case_states: {received: 已收到, in_progress: 办理中, closed: 已办完, withdrawn: 已撤回}
    scores: {"5": 很好, "4": 好, "3": 一般, "2": 不好, "1": 很不好}
    call_back: {name: 回访, open: 会回电, done: 回过电}
    shredded: 已删除
    waits_for: 等待{certificates}
  reasons: {other: 其他}
  ratings: {bad_up_to: 2, call_back_working_days: 4, change_days: 7}
  retention: {days: 180, dormant_after_days: 60}
  problems:
    required: 请填写{label}
    too_long: "{label}太长，最多 {limit} 个字"
  messages:
    receipt: {to: family, text: "受理编号 {case_number}"}
localities:
  linshi:
    name: 临时市
    theme: 一件事
    service_name: 临时市一件事
    summary: 一次办
    source: {title: 方案, number: "", issued_on: 2024, issuer: 临时市}
    checked_on: 2026-11-21
    served: [家属]
    served_source: 一
    ticked_by: applicant
    lead: office
    agencies:
      office: {name: 政务局, bureau: 市政务局, duties: [牵头], source: 二}
      health: {name: 卫健局, bureau: 市卫健局, duties: [开证明], certifies: [death-certificate], source: 二}
      social: {name: 人社局, bureau: 市人社局, duties: [发钱], source: 二}
      police: {name: 公安局, bureau: 市公安局, duties: [注销], source: 二}
    channels:
      online: {name: 网上, entrances: [{name: 网站}], acceptance: 自动送到, results: [网站], source: 三}
      counter: {name: 窗口, entrances: [{name: 大厅}], acceptance: 当场受理, results: [窗口], source: 三}
    hours: {text: 工作日, source: 三}
    fee: {text: 不收费, source: 三}
    time_limit: {working_days: 5, text: 5个工作日, source: 三}
    telephones: [{name: 咨询电话, text: 见公布, source: 三}]
    counters: [{name: 大厅}]
    conditions:
      lived_here: {ask: 住在这里吗？, must_be: true, reason: 只办住在这里的, source: 四}
    questions:
      insurance:
        label: 参保类型
        ask: 哪一种？
        kind: choice
        choices: {town: 城镇, village: 农村}
        asked_for: [pension]
        source: 五
      drawing:
        label: 是否领取
        ask: 在领吗？
        kind: yes-no
        asked_for: [pension]
        asked_when: {insurance: [town, unknown]}
        source: 五
    materials:
      id-card:
        name: 身份证
        short: 身份证
        bring: {online: upload, counter: show}
      death-certificate:
        name: 死亡证明
        short: 死亡证明
        bring: {online: shared, counter: if-held}
        certificate: true
      cremation-certificate:
        name: 火化证明
        short: 火化证明
        bring: {online: shared, counter: if-held}
        certificate: true
    case_materials: [id-card]
    matters:
      cremation:
        name: 开火化证明
        form_label: 火化证明
        summary: 火化后开。
        aliases: [火化]
        items: [cremation]
      pension:
        name: 养老金
        form_label: 领取养老金
        summary: 按参保类型。
        items: [town-drawing, town-working]
        left_out:
          - {when: {insurance: village}, reason: 农村的另外办}
      licence:
        name: 驾驶证
        form_label: 注销驾驶证
        summary: 自动办。
        items: [licence]
    items:
      cremation:
        agency: health
        name: 开火化证明
        opens_on: [death-certificate]
        issues: cremation-certificate
        materials: [id-card]
        channels: [counter]
        counter_reason: 只在窗口办
        discloses: [deceased.name, deceased.id_number, applicant.name]
        source: 六
      town-drawing:
        agency: social
        name: 领取中的养老金
        when: {insurance: town, drawing: true}
        opens_on: [death-certificate, cremation-certificate]
        materials: [{any_of: [id-card], payee: heir}]
        payees: [card, heir]
        discloses: [deceased.name, applicant.name, applicant.phone, accounts.card, accounts.heir, answers.insurance]
        time_limit: {working_days: 3}
        source: 六
      town-working:
        agency: social
        name: 在职的养老金
        when: {insurance: town, drawing: false}
        opens_on: [death-certificate]
        materials: []
        payees: [card]
        discloses: [deceased.name, accounts.card]
        source: 六
      licence:
        agency: police
        name: 注销驾驶证
        opens_on: [death-certificate]
        materials: []
        silent: true
        discloses: [deceased.name, deceased.id_number]
        source: 六
    form:
      title: 申请表
      title_lines: [申请表]
      source: 七
      sections:
        - {label: 基本信息, rows: [[deceased.name, answers.insurance], [matters], [accounts.card], [declaration]]}
      declaration: [属实]
      steps:
        - {id: conditions, title: 能不能办, fields: [eligibility]}
        - {id: deceased, title: 逝者, fields: [deceased.name, deceased.id_number]}
        - {id: applicant, title: 您, fields: [applicant.name, applicant.phone]}
        - {id: matters, title: 事项, fields: [matters, answers.insurance, answers.drawing]}
        - {id: accounts, title: 账户, fields: [payee, accounts.card.number, accounts.heir.number]}
        - {id: declaration, title: 核对, fields: [declaration.agreed, declaration.signed_name]}
    guide:
      happens: [{title: 填表, text: 填一次}]
      questions: [{ask: 收费吗？, answer: 不收}]
      flowchart:
        title: 流程图
        description: 先填表，再办理
        source: 八
        nodes:
          - {id: start, x: 1, y: 0, w: 1, kind: start, text: [开始]}
          - {id: end, x: 1, y: 2.5, w: 1, kind: end, text: [办结]}
        edges:
          - [start, end, 办]
"""


def changed(old: str, new: str) -> str:
    """The small catalogue with one place changed."""
    assert TEXT.count(old) == 1, f"{old!r} stands {TEXT.count(old)} times in the small catalogue"
    return TEXT.replace(old, new)


def said(text: str | bytes) -> list[str]:
    """Every problem without the file's name: `line:column: where: what; …`."""
    return [str(problem).removeprefix("matters.yaml:") for problem in check_text(text)]


def place_of(text: str, part: str) -> str:
    """`line:column` of the only place where this part stands."""
    assert text.count(part) == 1, f"{part!r} stands {text.count(part)} times"
    before = text[: text.index(part)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def only(text: str, part: str, problem: str) -> None:
    """This problem, standing at this part of the text, is the only one."""
    assert said(text) == [f"{place_of(text, part)}: {problem}"]
