"""Words a list may use for one thing: the system's own first, then what people write."""

from collections.abc import Mapping

from chalicelib.sensors import kinds

Words = Mapping[str, tuple[str, ...]]

TIERS: Words = {"green": ("绿", "绿色", "绿档"), "yellow": ("黄", "黄色", "黄档"), "red": ("红", "红色", "红档")}

ROLES: Words = {
    "steward": ("管家", "物业管家"),
    "coordinator": ("网格协调员", "协调员", "网格员", "网格长"),
    "manager": ("经理", "物业经理", "主任"),
}

FACTS: Words = {
    "lives_alone": ("独居",),
    "chronic": ("慢性病", "慢病"),
    "ill": ("重病", "患病"),
    "mobility": ("行动不便",),
    "disabled": ("残疾", "残疾人"),
    "pregnant": ("孕妇", "孕产妇"),
    "infant": ("婴幼儿",),
    "chemotherapy": ("化疗",),
    "hard_of_hearing": ("听力不便", "听力不好"),
}

GOODS: Words = {
    "rice": ("米", "大米"),
    "flour": ("面", "面粉"),
    "oil": ("油", "食用油"),
}

WORK: Words = {
    "patrol": ("巡查",),
    "parcel": ("送货", "送快递"),
    "mediation": ("调解", "邻里调解"),
    "trip": ("陪诊", "陪去医院"),
    "need": ("帮忙", "住户要帮忙"),
    "errand": ("任务板", "邻里帮忙"),
    "missed": ("补走访",),
    "nobody-home": ("没人开门",),
    "ticket": ("工单",),
    "hand-out": ("发放",),
}

SKILLS: Words = {
    "medical": ("医护", "护士", "医生"),
    "teaching": ("教学", "老师", "辅导"),
    "repairs": ("修理", "维修"),
    "organising": ("组织", "协调"),
    "driving": ("驾驶", "开车"),
    "dialect": ("方言", "本地话"),
}

RUNGS: Words = {
    "assignee": ("负责人",),
    "partner": ("搭档", "同组的人"),
    "coordinator": ("网格长", "网格协调员", "协调员"),
    "manager": ("经理", "物业经理", "主任"),
    "duty": ("值班", "值班员"),
}

PLACES: Words = {
    "gate": ("大门", "门口分区"),
    "shelf": ("货架",),
    "lift": ("电梯",),
    "lobby": ("大堂", "门厅"),
    "stairs": ("楼梯", "楼道"),
    "waste": ("垃圾点", "垃圾站"),
    "fitness": ("健身器材",),
    "depot": ("仓库",),
    "reserve": ("储备库",),
}

DAYS: Words = {
    "every": ("每天", "照常"),
    "workdays": ("工作日", "只在工作日"),
    "shifted": ("顺延", "顺延到工作日"),
}

RHYTHMS: Words = {"monthly": ("每月",), "weekly": ("每周",)}

YES: Words = {"yes": ("是", "要", "开"), "no": ("否", "不要", "关")}

KINDS: Words = dict.fromkeys(kinds.KINDS, ())


def own(words: Words, said: str) -> str | None:
    """The system's word for what was said, or None."""
    said = said.lower()
    return next((word for word, others in words.items() if said == word or said in others), None)
