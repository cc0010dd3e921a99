"""Words of which invented vendors are made: none is chosen by looking at what the product does with it."""

from __future__ import annotations

# Character and sound; a brand of a Chinese firm has two or three.
_BRANDS = """
华/hua 瑞/rui 鑫/xin 恒/heng 达/da 盛/sheng 博/bo 诚/cheng 远/yuan 丰/feng 隆/long 泽/ze 昌/chang 康/kang 嘉/jia 宏/hong
金/jin 利/li 美/mei 宁/ning 启/qi 荣/rong 顺/shun 腾/teng 旺/wang 祥/xiang 雅/ya 正/zheng 卓/zhuo 辰/chen 德/de 福/fu
光/guang 海/hai 佳/jia 凯/kai 朗/lang 明/ming 鹏/peng 日/ri 思/si 泰/tai 伟/wei 新/xin 怡/yi 中/zhong
"""
BRANDS = tuple(pair.split("/") for pair in _BRANDS.split())
TRADES = (
    ("电子有限公司", "Electronics Co., Ltd."),
    ("电子科技有限公司", "Electronic Technology Co., Ltd."),
    ("进出口有限公司", "Import & Export Co., Ltd."),
    ("国际贸易有限公司", "International Trading Co., Ltd."),
    ("纺织有限公司", "Textile Co., Ltd."),
    ("服饰有限公司", "Garments Co., Ltd."),
    ("工艺品厂", "Arts & Crafts Factory"),
    ("塑料制品有限公司", "Plastic Products Co., Ltd."),
    ("五金工具有限公司", "Hardware Tools Co., Ltd."),
    ("机械制造股份有限公司", "Machinery Manufacturing Co., Ltd."),
    ("新材料有限公司", "New Materials Co., Ltd."),
    ("化工有限公司", "Chemical Co., Ltd."),
    ("食品有限公司", "Foodstuffs Co., Ltd."),
    ("家居用品有限公司", "Household Products Co., Ltd."),
    ("包装有限公司", "Packaging Co., Ltd."),
    ("饰品有限公司", "Jewelry Co., Ltd."),
    ("玩具有限公司", "Toys Co., Ltd."),
    ("新能源科技有限公司", "New Energy Technology Co., Ltd."),
    ("物流有限公司", "Logistics Co., Ltd."),
    ("汽车零部件有限公司", "Auto Parts Co., Ltd."),
)
# City, its sound, province, its sound, first four digits of postcodes, division of credit codes.
ZHEJIANG = tuple(
    row.split()
    for row in """义乌 Yiwu 浙江省 Zhejiang 3220 330782
    金华 Jinhua 浙江省 Zhejiang 3210 330702
    永康 Yongkang 浙江省 Zhejiang 3213 330784
    东阳 Dongyang 浙江省 Zhejiang 3221 330783
    宁波 Ningbo 浙江省 Zhejiang 3150 330203
    温州 Wenzhou 浙江省 Zhejiang 3250 330302
    绍兴 Shaoxing 浙江省 Zhejiang 3120 330602
    台州 Taizhou 浙江省 Zhejiang 3180 331002
    杭州 Hangzhou 浙江省 Zhejiang 3100 330106
    嘉兴 Jiaxing 浙江省 Zhejiang 3140 330402
    湖州 Huzhou 浙江省 Zhejiang 3130 330502""".splitlines()
)
CHINA = tuple(
    row.split()
    for row in """深圳 Shenzhen 广东省 Guangdong 5180 440300
    广州 Guangzhou 广东省 Guangdong 5100 440106
    东莞 Dongguan 广东省 Guangdong 5230 441900
    佛山 Foshan 广东省 Guangdong 5280 440604
    苏州 Suzhou 江苏省 Jiangsu 2150 320505
    无锡 Wuxi 江苏省 Jiangsu 2140 320211
    南通 Nantong 江苏省 Jiangsu 2260 320602
    青岛 Qingdao 山东省 Shandong 2660 370202
    济南 Jinan 山东省 Shandong 2500 370102
    厦门 Xiamen 福建省 Fujian 3610 350203
    泉州 Quanzhou 福建省 Fujian 3620 350503
    上海 Shanghai 上海市 Shanghai 2000 310115
    北京 Beijing 北京市 Beijing 1000 110108
    天津 Tianjin 天津市 Tianjin 3000 120116
    成都 Chengdu 四川省 Sichuan 6100 510107
    武汉 Wuhan 湖北省 Hubei 4300 420106
    长沙 Changsha 湖南省 Hunan 4100 430102
    郑州 Zhengzhou 河南省 Henan 4500 410105
    合肥 Hefei 安徽省 Anhui 2300 340104
    西安 Xian 陕西省 Shaanxi 7100 610113
    沈阳 Shenyang 辽宁省 Liaoning 1100 210102
    南昌 Nanchang 江西省 Jiangxi 3300 360102
    兰州 Lanzhou 甘肃省 Gansu 7300 620102
    重庆 Chongqing 重庆市 Chongqing 4000 500103""".splitlines()
)
STREETS_ZH = (
    "人民路",
    "中山路",
    "建设大街",
    "工业园区兴业路",
    "解放北路",
    "科技园南路",
    "稠州北路",
    "江滨中路",
    "长江路",
    "新华街",
)
STREETS_CN = (
    "Renmin Rd.", "Zhongshan Road", "Jianshe Street", "Industrial Zone", "Jiefang North Rd", "Keji Nan Road",
    "Chouzhou North Road", "Jiangbin Middle Road", "Changjiang Road", "Xinhua Street",
)  # fmt: skip
# Country, cities with the digits of a postcode, streets, legal forms, lines of business.
WEST: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "DE": (
        (
            "Köln 50667",
            "München 80331",
            "Hamburg 20095",
            "Stuttgart 70173",
            "Nürnberg 90402",
            "Düsseldorf 40213",
            "Görlitz 02826",
        ),
        ("Hauptstraße", "Bahnhofstr.", "Industriestraße", "Am Mühlbach", "Lindenweg", "Gewerbepark"),
        ("GmbH", "GmbH & Co. KG", "AG", "e.K.", "KG", "UG (haftungsbeschränkt)"),
        (
            "Maschinenbau",
            "Logistik",
            "Elektrotechnik",
            "Werkzeuge",
            "Bürobedarf",
            "Stahlhandel",
            "Verpackungen",
            "Reinigung",
            "Textil",
        ),
    ),
    "GB": (
        ("London EC1A 1BB", "Leeds LS1 4DY", "Bristol BS1 5TR", "Sheffield S1 2HE"),
        ("High Street", "Station Road", "Church Lane", "Mill Road"),
        ("Ltd", "Limited", "PLC", "LLP"),
        (
            "Engineering",
            "Logistics",
            "Supplies",
            "Packaging",
            "Marine Services",
            "Trading",
            "Consulting",
            "Electronics",
        ),
    ),
    "US": (
        ("Chicago 60601", "Houston 77002", "Newark 07102", "Seattle 98101", "Dallas 75201"),
        ("Main St", "Oak Ave", "Industrial Blvd", "Commerce Dr"),
        ("Inc.", "LLC", "Corp.", "Corporation", "Co."),
        ("Industries", "Freight", "Manufacturing", "Solutions", "Foods", "Technologies", "Aviation Parts", "Chemicals"),
    ),
    "FR": (
        ("Lyon 69002", "Lille 59000", "Paris 75008", "Nantes 44000"),
        ("rue de la République", "avenue Victor Hugo", "chemin des Prés"),
        ("SARL", "S.A.S.", "SA", "EURL"),
        ("Transports", "Matériaux", "Mécanique", "Distribution", "Services"),
    ),
    "TR": (
        ("İstanbul 34394", "Bursa 16120", "İzmir 35210", "Gaziantep 27090"),
        ("Atatürk Cad.", "Cumhuriyet Bulvarı", "Organize Sanayi Bölgesi"),
        ("A.Ş.", "Ltd. Şti.", "Tic. Ltd. Şti."),
        ("Tekstil", "Makina Sanayi", "Gıda", "Lojistik", "İnşaat"),
    ),
    "AE": (
        ("Dubai 00000", "Sharjah 00000", "Abu Dhabi 00000"),
        ("Sheikh Zayed Road", "Al Maktoum Street", "Jebel Ali Free Zone"),
        ("LLC", "FZE", "FZCO", "Trading LLC"),
        ("General Trading", "Shipping", "Building Materials", "Oilfield Services", "Foodstuff"),
    ),
    "IN": (
        ("Mumbai 400001", "Chennai 600001", "Surat 395003", "Delhi 110001"),
        ("MG Road", "GIDC Estate", "Link Road"),
        ("Pvt. Ltd.", "Private Limited", "Limited", "& Sons"),
        ("Exports", "Textiles", "Pharma", "Petrochem", "Enterprises", "Overseas"),
    ),
    "RU": (
        ("Москва 101000", "Санкт-Петербург 190000", "Казань 420000", "Новосибирск 630000"),
        ("ул. Ленина", "пр. Мира", "Садовая ул."),
        ("OOO", "AO", "LLC"),
        ("Trading House", "Logistics", "Engineering", "Metall", "Agro"),
    ),
    "VN": (
        ("Hanoi 100000", "Ho Chi Minh City 700000", "Hai Phong 180000"),
        ("Nguyen Trai Street", "Le Loi Street"),
        ("Co., Ltd", "JSC", "Joint Stock Company"),
        ("Garment", "Wood Processing", "Footwear", "Seafood"),
    ),
}
# What clerks write into the second name field beside names.
BESIDE = (
    "Abt. Einkauf", "z. Hd. Frau Meier", "Accounts Payable", "Attn: Sales Department", "Niederlassung Nord",
    "Werk 2", "Head Office", "Finance Dept.",
)  # fmt: skip
BESIDE_ZH = ("财务部", "销售部收", "二号仓库", "采购科")
# Cities of countries of listed parties, where the list does not say more.
ELSEWHERE = {
    "IR": "Tehran", "RU": "Moscow", "SY": "Damascus", "CU": "Havana", "KP": "Pyongyang", "BY": "Minsk", "VE": "Caracas",
    "CN": "Beijing", "HK": "Hong Kong", "AE": "Dubai", "TR": "Istanbul", "LB": "Beirut", "PK": "Karachi",
    "MX": "Culiacan", "CO": "Cali", "PA": "Panama City", "CY": "Limassol", "IQ": "Baghdad", "YE": "Sanaa",
}  # fmt: skip
