"""What the sample compounds keep in store, and what a volunteer's points are good for."""

GOODS = (
    ("mask", "口罩", "个", 500, 2000, "是"),
    ("disinfectant", "消毒液", "瓶", 20, 80, "是"),
    ("thermometer", "体温计", "支", 5, 20, "是"),
    ("detergent", "洗衣液", "瓶", 4, 20, "否"),
    ("salt", "融雪剂", "袋", 10, 40, "否"),
    ("tissue", "抽纸", "包", 20, 80, "是"),
    ("mat", "防滑垫", "张", 6, 20, "否"),
)
REWARDS = (
    ("masks", "口罩一包十个", 3, "mask", 10),
    ("detergent", "洗衣液一瓶", 8, "detergent", 1),
    ("housework", "家政一小时", 15, "", 1),
)
