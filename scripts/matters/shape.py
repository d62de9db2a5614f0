"""The shape of matters.yaml: which keys exist where, what they hold, which must be there, and what they mean."""

from __future__ import annotations

from chalicelib.catalogue.kinds import KINDS
from chalicelib.catalogue.model import Bring
from chalicelib.catalogue.when import UNKNOWN

from .schema import (
    SLUG,
    Choice,
    Day,
    Flag,
    Key,
    Listing,
    Map,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    Texts,
    optional,
)

LINE = Text()
LINES = Listing(LINE)
SOME_LINES = Listing(LINE, least=1)
NAME = Key(LINE, "正式名称，照文件抄")
SOURCE = Key(LINE, "出处，写文件的章节，例如 附件1 表2 第4行")
REFERENCE = LINE
IDENTIFIER = Text(pattern=SLUG, pattern_means="编号只用小写英文字母、数字和 -")
REFERENCES = Listing(REFERENCE)
ANSWER = OneOf(LINE, flag=Flag())
WHEN = Map(OneOf(LINE, flag=Flag(), listing=Listing(ANSWER, least=1)))
WORKING_DAYS = Number(least=1, most=250)
BRING_WORDS = {
    Bring.UPLOAD: "上传",
    Bring.SHOW: "出示",
    Bring.NUMBER: "只填号码",
    Bring.FORM: "就是申请表",
    Bring.SHARED: "部门之间共享，不用交",
    Bring.IF_ASKED: "部门要时才交",
    Bring.IF_HELD: "手里有就带",
    Bring.IF_NOT_SHARED: "没有共享到才出示",
}
BRING = Choice({word.value: means for word, means in BRING_WORDS.items()})
CHANNEL = Choice({"online": "网上", "counter": "窗口"})
FIELD_KINDS = Choice(dict.fromkeys((*KINDS, "agreement"), ""))
FIELD_PATH = r"(deceased|applicant|declaration|accounts\.[a-z][a-z0-9_-]*)\.[a-z][a-z0-9_]*"
FIELD_PATH_MEANS = "写成 deceased.name、applicant.phone、accounts.card.card_number 这样"
STATES = ("waiting", "open", "accepted", "correcting", "completed", "failed", "declined", "withdrawn")
CASE_STATES = ("received", "in_progress", "closed", "withdrawn")
SCORES = ("1", "2", "3", "4", "5")
NOTIFY = Record(
    {
        "channel": Key(
            Choice(
                {"mail": "邮件", "webhook": "带签名的网络通知", "wecom": "企业微信群机器人", "dingtalk": "钉钉群机器人"}
            ),
            "用什么通知",
        ),
        "to": optional(LINE, "邮箱；不写就用部署时的邮箱"),
        "url": optional(
            Text(
                pattern=r"https?://[^\s/?#@]+(/[^\s?#@]*)?",
                pattern_means="写成 https://主机/路径 这样，不带 ? 和后面的内容：口令不写在这里",
            ),
            "网络通知或者群机器人的地址",
        ),
        "secret_name": optional(IDENTIFIER, "口令的名称；口令本身写在部署的 CHANNEL_SECRETS 里"),
    }
)
CLOCK = Text(pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]", pattern_means='写成 "21:00" 这样，加引号')
QUIET_HOURS = Record({"from": Key(CLOCK, "从几点起"), "until": Key(CLOCK, "到几点止")})

AGENCY = Record(
    {
        "name": NAME,
        "bureau": Key(LINE, "单位的全称"),
        "role": optional(LINE, "牵头、支撑"),
        "duties": Key(SOME_LINES, "职责"),
        "certifies": optional(REFERENCES, "可以直接放入的证照"),
        "shares_from": optional(LINE, "证照从哪个系统来"),
        "mail": optional(LINE, "接收办件通知的邮箱"),
        "units": optional(Map(LINE), "下面的科室、派出所：编号（与登录账号里的 unit 一致）和名称"),
        "notify": optional(Listing(NOTIFY, least=1, most=4), "怎么通知，前一个不通才用后一个；不写就发邮件"),
        "source": SOURCE,
    }
)
ENTRANCE = Record({"name": NAME, "url": optional(LINE), "how": optional(LINE), "note": optional(LINE)})
WAY_IN = Record(
    {
        "name": NAME,
        "entrances": Key(Listing(ENTRANCE, least=1), "从哪里申请"),
        "acceptance": Key(LINE, "怎么受理"),
        "results": Key(SOME_LINES, "结果怎么告诉申请人"),
        "source": SOURCE,
    }
)
STATED = Record({"text": Key(LINE, "写给人看的话"), "source": SOURCE})
TIME_LIMIT = {"working_days": optional(WORKING_DAYS, "工作日数；文件没有写就不写")}
TELEPHONE = Record(
    {
        "name": NAME,
        "text": optional(LINE, "没有号码时写给人看的话"),
        "number": optional(LINE, "号码，加引号"),
        "dial": optional(Text(pattern=r"\+?[0-9]+", pattern_means="只写数字和开头的 +"), "拨打用的号码"),
        "source": SOURCE,
    }
)
CONDITION = Record(
    {
        "ask": Key(LINE, "怎么问"),
        "must_be": Key(Flag(), "符合条件的回答"),
        "reason": Key(LINE, "不符合时怎么说"),
        "source": SOURCE,
    }
)
QUESTION = Record(
    {
        "label": Key(LINE, "表上的叫法"),
        "ask": Key(LINE, "怎么问"),
        "hint": optional(LINE, "提示"),
        "kind": Key(Choice({"yes-no": "是或否", "choice": "选一项"}), "题型"),
        "choices": optional(Map(LINE, reserved=frozenset({UNKNOWN})), "选项：编号和叫法"),
        "true_label": optional(LINE, "“是”在这里的说法"),
        "false_label": optional(LINE, "“否”在这里的说法"),
        "asked_for": optional(Listing(REFERENCE, least=1), "办哪些事项才问"),
        "asked_when": optional(WHEN, "前面怎么回答才问"),
        "source": SOURCE,
    }
)
MATERIAL = Record(
    {
        "name": NAME,
        "short": Key(LINE, "简短的叫法"),
        "table": optional(
            Record(
                {
                    "row": Key(Number(least=1), "第几行"),
                    "type": Key(Text(empty=True), "原件或者复印件"),
                    "medium": Key(Text(empty=True), "纸质或者电子"),
                    "from": Key(LINE, "来源"),
                }
            ),
            "文件里的材料表",
        ),
        "bring": Key(Record({"online": Key(BRING, "网上怎么交"), "counter": Key(BRING, "窗口怎么交")}), "怎么交"),
        "waived_by": optional(LINE, "有了什么就不用交"),
        "part_of": optional(REFERENCE, "是哪一样材料的一部分"),
        "certificate": optional(Flag(), "是不是电子证照"),
        "where": optional(LINE, "在哪里办"),
    }
)
LEFT_OUT = Record({"when": optional(WHEN, "什么情形"), "reason": Key(LINE, "为什么不办")})
MATTER = Record(
    {
        "name": NAME,
        "form_label": optional(LINE, "申请表上的叫法"),
        "row": optional(LINE, "文件里的序号"),
        "summary": Key(LINE, "一句话说明"),
        "aliases": optional(LINES, "群众的叫法"),
        "items": Key(Listing(REFERENCE, least=1), "业务办理项"),
        "group": optional(IDENTIFIER, "同组里最多办一项"),
        "required": optional(Flag(), "必须办"),
        "both": optional(Flag(), "同时办两项也对"),
        "left_out": optional(Listing(LEFT_OUT), "什么情形不办、为什么"),
        "not_offered": optional(LINE, "家属不能申请的原因"),
    }
)
REQUIREMENT = OneOf(
    REFERENCE,
    mapping=Record(
        {
            "any_of": Key(Listing(REFERENCE, least=1), "有其中一样就行"),
            "payee": optional(REFERENCE, "钱打到哪里才要"),
        }
    ),
)
OUTCOME = Record({"when": optional(WHEN, "什么情形"), "text": Key(LINE, "办什么")})
ITEM = Record(
    {
        "row": optional(Number(least=1), "文件里的行号"),
        "agency": Key(REFERENCE, "办理部门"),
        "name": NAME,
        "when": optional(WHEN, "什么情形"),
        "opens_on": Key(REFERENCES, "有其中任何一样证照就可以开始；不用等就写 []"),
        "issues": optional(REFERENCE, "办好后产生的证照"),
        "materials": Key(Listing(REQUIREMENT), "材料；没有就写 []"),
        "payees": optional(Listing(REFERENCE, least=1), "可以打到哪些账户"),
        "outcomes": optional(Listing(OUTCOME), "什么情形办成什么"),
        "discloses": Key(LINES, "给办理部门看的内容"),
        "channels": optional(Listing(CHANNEL, least=1), "可以在哪里申请"),
        "counter_reason": optional(LINE, "只能在窗口办的原因"),
        "time_limit": optional(
            Record({**TIME_LIMIT, "text": optional(LINE), "source": optional(LINE)}), "比地区更短的时限"
        ),
        "silent": optional(Flag(), "证照一到自动办理"),
        "no_record_result": optional(LINE, "查不到登记时的办结说法"),
        "source": SOURCE,
    }
)
SECTION = Record(
    {
        "label": Key(LINE, "这一栏的名称"),
        "rows": Key(Listing(Listing(LINE, least=1), least=1), "每行的格子"),
        "hint": optional(LINE, "提示"),
    }
)
STEP = Record({"id": Key(IDENTIFIER, "编号"), "title": Key(LINE, "标题"), "fields": Key(SOME_LINES, "这一步填的内容")})
FORM = Record(
    {
        "title": NAME,
        "title_lines": Key(SOME_LINES, "标题怎么分行"),
        "source": SOURCE,
        "sections": Key(Listing(SECTION, least=1), "纸质表的栏目"),
        "declaration": Key(SOME_LINES, "个人承诺"),
        "note": optional(LINE, "备注"),
        "steps": Key(Listing(STEP, least=1), "网上表单的步骤"),
    }
)
NODE = Record(
    {
        "id": Key(IDENTIFIER, "编号"),
        "x": Key(Number(decimal=True), "横向位置"),
        "y": Key(Number(decimal=True), "纵向位置"),
        "w": Key(Number(decimal=True), "宽度"),
        "bold": optional(Flag(), "第一行是不是醒目"),
        "kind": optional(Choice({"start": "开始", "end": "结束", "ask": "判断", "step": "办理"})),
        "text": Key(SOME_LINES, "每行文字"),
    }
)
FLOWCHART = Record(
    {
        "title": Key(LINE, "标题"),
        "description": Key(LINE, "给看不见图的人的说明"),
        "source": SOURCE,
        "note": optional(LINE, "说明"),
        "nodes": Key(Listing(NODE, least=1), "格子"),
        "edges": Key(Listing(Listing(LINE, least=2, most=3, repeats=True)), "连线：从、到、写的字"),
    }
)
STEP_OF_LIFE = Record({"title": Key(LINE, "标题"), "text": Key(LINE, "说明")})
FREQUENT = Record({"ask": Key(LINE, "问题"), "answer": Key(LINE, "回答"), "source": optional(LINE, "出处")})
GUIDE = Record(
    {
        "happens": Key(Listing(STEP_OF_LIFE, least=1), "会发生什么"),
        "questions": Key(Listing(FREQUENT, least=1), "常见问题"),
        "flowchart": Key(FLOWCHART, "流程图"),
    },
    rest=Texts(),
)
FIELD = Record(
    {
        "label": Key(LINE, "表上的叫法"),
        "ask": Key(LINE, "怎么问"),
        "kind": Key(FIELD_KINDS, "类型"),
        "hint": optional(LINE, "提示"),
        "autocomplete": optional(LINE, "浏览器自动填写的名称"),
        "required": optional(Flag(), "是不是必填"),
    }
)
STATE = Record({"name": Key(LINE, "叫法"), "explain": Key(LINE, "意思"), "next": Key(LINE, "要做什么")})
CALL_BACK = Record(
    {
        "name": Key(LINE, "这件事的叫法"),
        "open": Key(LINE, "还没有回电时对家属的说法"),
        "done": Key(LINE, "回过电以后对家属的说法"),
    }
)
RATINGS = Record(
    {
        "bad_up_to": Key(Number(least=1, most=4), "几分及以下要回访"),
        "call_back_working_days": Key(WORKING_DAYS, "几个工作日内回电"),
        "change_days": Key(Number(least=0, most=365), "打分后几天内可以改"),
    }
)
RETENTION = Record(
    {
        "days": Key(Number(least=1, most=36500), "办完以后多少天删除个人信息"),
        "dormant_after_days": Key(Number(least=1, most=36500), "多少天没有动静就列给牵头部门"),
    }
)
WORDING = Record(
    {
        "unknown": Key(LINE, "“不清楚”的说法"),
        "true_label": Key(LINE, "“是”的说法"),
        "false_label": Key(LINE, "“否”的说法"),
        "states": Key(Record({state: Key(STATE, "办理状态") for state in STATES}), "办理状态的说法"),
        "case_states": Key(Record({state: Key(LINE, "申请的状态") for state in CASE_STATES}), "申请的状态的说法"),
        "scores": Key(Record({score: Key(LINE, "这一档的叫法") for score in SCORES}), "好差评的五档"),
        "call_back": Key(CALL_BACK, "回访的说法"),
        "shredded": Key(LINE, "个人信息删除以后的说法"),
    },
    rest=Texts(),
)
MESSAGE = Record(
    {
        "to": Key(Choice({"family": "家属", "agency": "部门"}), "发给谁"),
        "subject": optional(LINE, "邮件标题"),
        "text": Key(LINE, "内容"),
    }
)
SITE = Record({"name": NAME, "tagline": Key(LINE, "一句话介绍"), "disclaimer": Key(LINE, "声明")}, rest=Texts())
CODES = r"[a-z][a-z0-9_-]*"

LOCALITY = Record(
    {
        "name": NAME,
        "theme": Key(LINE, "主题的叫法"),
        "service_name": Key(LINE, "服务的全称"),
        "summary": Key(LINE, "一句话说明"),
        "source": Key(
            Record(
                {
                    "title": NAME,
                    "number": Key(Text(empty=True), '文号；没有就写 ""'),
                    "issued_on": Key(Day(year_is_enough=True), "印发日期"),
                    "issuer": Key(LINE, "印发单位"),
                }
            ),
            "依据的文件",
        ),
        "checked_on": Key(Day(), "最近核对的日期"),
        "served": Key(SOME_LINES, "谁可以申请"),
        "served_source": SOURCE,
        "ticked_by": Key(
            Choice({"applicant": "申请人在表上勾选", "answers": "由回答决定有哪些事项"}), "事项怎么选出来"
        ),
        "lead": Key(REFERENCE, "牵头部门"),
        "agencies": Key(Map(AGENCY, least=1), "部门"),
        "channels": Key(Record({"online": Key(WAY_IN, "网上"), "counter": Key(WAY_IN, "窗口")}), "申请渠道"),
        "hours": Key(STATED, "工作时间"),
        "fee": Key(STATED, "费用"),
        "time_limit": Key(Record({**TIME_LIMIT, "text": Key(LINE, "写给人看的话"), "source": SOURCE}), "办理时限"),
        "telephones": Key(Listing(TELEPHONE, least=1), "电话"),
        "counters": Key(Listing(Record({"name": NAME, "note": optional(LINE)}), least=1), "窗口"),
        "death_certificate_help": optional(
            Listing(Record({"title": Key(LINE, "标题"), "text": Key(LINE, "说明"), "source": SOURCE})),
            "死亡证明怎么办",
        ),
        "conditions": Key(Map(CONDITION), "办理条件；没有就写 {}"),
        "not_covered_help": optional(LINE, "不符合条件时还可以怎么办"),
        "questions": Key(Map(QUESTION), "情形；没有就写 {}"),
        "materials": Key(Map(MATERIAL), "材料"),
        "case_materials": optional(REFERENCES, "不按事项分、一次提交的材料"),
        "matters": Key(Map(MATTER, least=1), "事项"),
        "items": Key(Map(ITEM, least=1), "业务办理项"),
        "payee_help": optional(LINE, "不能选账户时找谁"),
        "form": Key(FORM, "申请表"),
        "guide": Key(GUIDE, "只给网页用的内容"),
        "site": Key(SITE, "网站"),
        "fields": Key(Map(FIELD, FIELD_PATH, FIELD_PATH_MEANS, least=1), "表单字段"),
        "accounts": Key(Map(Record({"name": NAME, "explain": Key(LINE, "说明")})), "账户"),
        "wording": Key(WORDING, "各处的话"),
        "reasons": Key(Map(LINE), "给办理部门用的原因"),
        "ratings": Key(RATINGS, "好差评和回访"),
        "retention": Key(RETENTION, "个人信息保留多久"),
        "problems": Key(Map(LINE, CODES, "编号只用小写英文字母、数字和 _"), "表单检查的话"),
        "messages": Key(Map(MESSAGE), "发出去的消息"),
        "quiet_hours": optional(QUIET_HOURS, "家属休息的时间，这段时间不发消息"),
    }
)
DOCUMENT = Record(
    {
        "shared": optional(LOCALITY, "各地共用的内容"),
        "localities": Key(Map(LOCALITY, least=1), "每个地区一段"),
    }
)
"""`localities` alone is fitted after `shared` was merged below each of them."""


def of_shared() -> Shape:
    return LOCALITY
