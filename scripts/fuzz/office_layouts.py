"""Layouts of offices as remembered, with invented figures: each with its map, and what is to come out of it."""

# ruff: noqa: E501 - lines of files as they are printed

MERGED_COUNTRY = """TỔNG CỤC HẢI QUAN
XUẤT KHẨU HÀNG HÓA THEO NƯỚC/VÙNG LÃNH THỔ - MẶT HÀNG CHỦ YẾU
Tháng 3 năm 2023

STT,Nước/Vùng lãnh thổ,Mặt hàng chủ yếu,ĐVT,Số trong tháng báo cáo,,Cộng dồn đến hết tháng báo cáo,
,,,,Lượng,Trị giá (USD),Lượng,Trị giá (USD)
1,Hoa Kỳ,"Hàng dệt, may",USD,,1000,,3000
,,Giày dép,USD,,500,,1500
,,Gạo,Tấn,70,200,210,600
2,Trung Quốc,Hàng rau quả,USD,,800,,2000
,,Cao su,Tấn,30,90,90,270
"""
COUNTRY_OVER_GOODS = """TỔNG CỤC HẢI QUAN
Tháng 3 năm 2023

STT,Nước/Mặt hàng chủ yếu,ĐVT,Lượng,Trị giá (USD)
1,HOA KỲ,,,1700
,"Hàng dệt, may",USD,,1000
,Giày dép,USD,,500
,Gạo,Tấn,70,200
2,TRUNG QUỐC,,,890
,Hàng rau quả,USD,,800
,Cao su,Tấn,30,90
"""
PRODUCT_ONCE = """HS Code,Description,Country,2022 Value (USD),2023 Value (USD)
854231,Processors,China,10,20
,,Germany,30,40
,,Viet Nam,1,2
870323,Cars,Japan,5,6
,,Germany,7,8
"""
YEAR_AND_COUNTRY_ONCE = """Year,Country,HS Code,Value (USD)
2022,China,854231,10
,,870323,20
,Germany,854231,30
2023,China,854231,40
,Germany,870323,50
"""
TOTAL_OF_A_COUNTRY = """Department of Commerce,,,,,
Export Import Data Bank,,,,,
Export :: Commodity-wise All Countries,,,,,
Commodity: 8542 ELECTRONIC INTEGRATED CIRCUITS,,,,,
Values in US $ Million,,,,,

S.No.,Country,2022-2023,%Share,2023-2024,%Share
1.,U S A,10.50,50.0,12.25,50.0
2.,CHINA P RP,10.50,50.0,12.25,50.0
,Total,21.00,100.0,24.50,100.0
,India's Total Export,"450,000.00",,"437,000.00",
"""
TOTALS_BELOW_GOODS = """S.No.,HSCode,Commodity,2022-2023,%Share,2023-2024,%Share,%Growth
1.,27,MINERAL FUELS,"4,512.33",60.1,"4,100.21",58.0,-9.1
2.,71,PEARLS,"1,998.01",26.6,"2,011.20",28.4,0.7
,,Total,"6,510.34",86.7,"6,111.41",86.4,-6.1
,, India's Total Export to ARE,"7,500.00",100,"7,070.00",100,-5.7
"""
TWO_MONTHS_SIDE_BY_SIDE = """品目コード,国名,単位,2023年1月数量,2023年1月金額(千円),2023年2月数量,2023年2月金額(千円)
854231000,中華人民共和国,NO,10,1000,20,2000
854231000,大韓民国,NO,1,100,2,200
"""
CUMULATED_BESIDE_MONTH = """財務省貿易統計 輸出
2023年3月

国名,品目,当月,,累計,
,,数量,金額(千円),数量,金額(千円)
中華人民共和国,854231000,10,1000,20,3000
大韓民国,854231000,1,100,2,300
"""
SPAN_BESIDE_MONTH = """"Exports by country, March 2023"

Country,HS,March 2023 (USD),January-March 2023 (USD)
China,854231,100,300
Germany,854231,10,30
"""
CURRENCY_BY_MAP = """Year,Month,HS,Country,Province,Value ($),Quantity
2023,1,870323,United States,Ontario,1000,3
2023,1,870323,China,Quebec,500,1
"""
CANADIAN_DOLLARS = """Canadian Domestic Exports - Trade Data Online
Title: Canadian exports | Products: HS 8703
Value in thousands of Canadian dollars

Country,2022,2023
United States,1000,1100
China,500,600
"""
GOODS_OVER_COUNTRIES = """PAKISTAN BUREAU OF STATISTICS
EXPORTS BY COMMODITIES AND COUNTRIES
JULY-JUNE 2022-23

COMMODITY CODE,COMMODITY / COUNTRY,UNIT,QUANTITY,VALUE (000 RS)
10063000,RICE,KG,300,900
,CHINA,KG,200,600
,UNITED ARAB EMIRATES,KG,100,300
52010090,COTTON,KG,30,90
,CHINA,KG,30,90
"""
GOODS_OVER_COUNTRIES_IN_RUSSIAN = """"Экспорт отдельных товаров по странам, тыс. долл. США"

Наименование товара / страна,2021,2022
3104 Удобрения калийные,300,200
в том числе:
Бразилия,200,150
Китай,100,50
8701 Тракторы,50,60
в том числе:
Россия,50,60
"""
SOUTH_AFRICA = """TradeType,DistrictOfficeCode,DistrictOfficeName,CountryOfOrigin,CountryOfOriginName,CountryOfDestination,CountryOfDestinationName,Tariff,TariffAndDescription,StatisticalQuantity,StatisticalUnit,TransportCode,TransportCodeDescription,YearMonth,CalendarYear,Section,SectionAndDescription,Chapter,ChapterAndDescription,WorldRegion,CustomsValue
Exports,DBN,Durban,ZA,South Africa,CN,China,26011100,26011100 - Iron ores,1000,KG,1,Maritime,202301,2023,5,Mineral,26,26 - Ores,Asia,50000
Exports,JSA,Johannesburg,ZA,South Africa,DE,Germany,87032390,87032390 - Cars,2,NO,1,Maritime,202301,2023,17,Vehicles,87,87 - Vehicles,Europe,70000
Imports,DBN,Durban,CN,China,ZA,South Africa,85423100,85423100 - Processors,20,NO,4,Air,202302,2023,16,Machinery,85,85 - El,Asia,9000
"""
CHINA_CUSTOMS = """数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,第二数量,第二计量单位,美元
202301,85414300,光电池,110,美国,1000,个,300,千克,"5,000"
202301,85414300,光电池,141,越南,2000,个,600,千克,"7,000"
"""
ARGENTINA = """Año;Mes;NCM;Pdes;Pnet(kg);FOB(u$s)
2023;1;12019000;310;1000,50;500,25
2023;1;10059010;225;2000,00;400,75
"""
RE_EXPORTS_SIDE_BY_SIDE = """Table 4: Domestic exports and re-exports by country
HK$ million

Country,Domestic exports,,Re-exports,,Imports,
,2022,2023,2022,2023,2022,2023
Mainland China,10,11,100,110,200,210
U.S.A.,1,2,30,31,20,21
"""
TURNOVER_BESIDE_FLOWS = """Внешнеторговый оборот Республики Узбекистан по странам
(млн. долл. США)

Страны,Внешнеторговый оборот,,Экспорт,,Импорт,
,2022,2023,2022,2023,2022,2023
Всего,100,110,40,45,60,65
из них:
Российская Федерация,60,66,25,28,35,38
Китайская Народная Республика,40,44,15,17,25,27
"""
BUDDHIST_YEARS = """ปี,เดือน,ประเทศ,พิกัดศุลกากร,มูลค่า (บาท)
2566,1,จีน,08106000,500
2566,1,สหรัฐอเมริกา,40011010,700
"""
MALAYSIA = """DEPARTMENT OF STATISTICS MALAYSIA
EXPORT BY HS CODE AND COUNTRY

HS,DESCRIPTION,COUNTRY,YEAR,MONTH,QUANTITY,UNIT,FOB VALUE (RM)
85414300,CELLS,UNITED STATES,2023,JAN,10,UNT,1000
85414300,CELLS,INDIA,2023,JAN,20,UNT,2000
"""
INDONESIA = """Kode HS;Negara Tujuan;Tahun;Bulan;Berat Bersih (KG);Nilai FOB (US$)
[26040000] Nickel ores;TIONGKOK;2023;[01] Januari;1.000;5.000
[72027000] Ferro;AMERIKA SERIKAT;2023;[02] Februari;2.000;7.500
"""
COMEXT_BEFORE_2024 = """DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,PRODUCT_CPA21,PRODUCT_CPA22,PRODUCT_BEC,PRODUCT_BEC5,PRODUCT_SECTION,FLOW,STAT_REGIME,SUPP_UNIT,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY
004,DE,0075,RU,E,85423190,77641,26113,26113,53,1,16,2,1,B,202301,1000,10,5
004,DE,0720,CN,E,85423190,77641,26113,26113,53,1,16,1,1,B,202301,4000,20,8
"""
COLOMBIA = """Fecha;Posición arancelaria;País de destino;Kilos netos;Valor FOB (miles de dólares)
2023-01;0901119000;Estados Unidos;1000;50,5
2023-01;2701120010;Países Bajos;2000;40,25
"""
UKRAINE = """Зовнішня торгівля України за країнами та товарами у 2022 році
тис. дол. США

Країна,Код УКТЗЕД,Експорт,,Імпорт,
,,вартість,"вага нетто, т",вартість,"вага нетто, т"
Польща,1005,100,10,5,1
Китай,1005,200,20,6,1
Туреччина,1512,300,30,7,1
"""
AUSTRALIAN_DOLLARS = """"Australian merchandise exports by country, A$ thousand"

Country,HS,2022,2023
China,2601,10,20
Japan,2601,1,2
"""
THREE_LANGUAGES = """Արտահանում ըստ երկրների / Экспорт по странам / Exports by countries
հազ. ԱՄՆ դոլար / тыс. долл. США / thsd. USD

Երկրներ,Страны,Countries,2021,2022
Ընդամենը,Всего,Total,300,400
Ռուսաստանի Դաշնություն,Российская Федерация,Russian Federation,200,250
Չինաստան,Китай,China,100,150
"""
NORWAY = """commodity number,imports/exports,country,month,contents,"08799: External trade in goods, by commodity number"
03021400 Salmon,Exports,CN China,2023M01,Value (NOK),1000
03021400 Salmon,Exports,CN China,2023M01,Quantity 1 (M1),10
03021400 Salmon,Exports,DE Germany,2023M01,Value (NOK),700
03021400 Salmon,Exports,DE Germany,2023M01,Quantity 1 (M1),7
"""
DATAWEB = """Data Type,HTS Number,Description,Country,Quantity Description,Year,January,February,March,April,May,June,July,August,September,October,November,December
Customs Value,85414300,Cells,Vietnam,dollars,2023,100,200,0,0,0,0,0,0,0,0,0,50
Customs Value,85414300,Cells,Thailand,dollars,2023,10,20,0,0,0,0,0,0,0,0,0,5
"""
COMTRADE_BEFORE_2022 = """Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag
H5,2020,2020,2020,6,1,2,Export,398,Kazakhstan,KAZ,643,Russian Federation,RUS,854231,P,5,Number of items,10,5,1000,0
H5,2020,2020,2020,6,1,1,Import,398,Kazakhstan,KAZ,156,China,CHN,854231,P,5,Number of items,10,6,3000,0
"""
# What stands in the file, its map, and what is to come out: flow and year to value in its currency, kilograms.
LAYOUTS = {
    "merged_country": (
        MERGED_COUNTRY,
        '[fixed]\nreporter = "VNM"\nflow = "export"\n',
        {"export 2023": 2590},
        "USD",
        100_000,
    ),
    "country_over_goods": (
        COUNTRY_OVER_GOODS,
        '[fixed]\nreporter = "VNM"\nflow = "export"\n',
        {"export 2023": 2590},
        "USD",
        100_000,
    ),
    "product_once": (
        PRODUCT_ONCE,
        '[fixed]\nreporter = "KAZ"\nflow = "import"\n',
        {"import 2022": 53, "import 2023": 76},
        "USD",
        0,
    ),
    "year_and_country_once": (
        YEAR_AND_COUNTRY_ONCE,
        '[fixed]\nreporter = "KAZ"\nflow = "import"\n',
        {"import 2022": 60, "import 2023": 90},
        "USD",
        0,
    ),
    "total_of_a_country": (
        TOTAL_OF_A_COUNTRY,
        '[fixed]\nreporter = "IND"\n',
        {"export 2022": 21000000.0, "export 2023": 24500000.0},
        "USD",
        0,
    ),
    "totals_below_goods": (
        TOTALS_BELOW_GOODS,
        '[fixed]\nreporter = "IND"\npartner = "ARE"\nflow = "export"\n[scale]\nvalue = 1000000\n',
        {"export 2022": 6510340000.0, "export 2023": 6111410000.0},
        "USD",
        0,
    ),
    "two_months_side_by_side": (
        TWO_MONTHS_SIDE_BY_SIDE,
        '[fixed]\nreporter = "JPN"\nflow = "export"\n',
        {"export 2023": 3300000.0},
        "JPY",
        0,
    ),
    "cumulated_beside_month": (
        CUMULATED_BESIDE_MONTH,
        '[fixed]\nreporter = "JPN"\n',
        {"export 2023": 1100000.0},
        "JPY",
        0,
    ),
    "span_beside_month": (SPAN_BESIDE_MONTH, '[fixed]\nreporter = "KAZ"\n', {"export 2023": 110}, "USD", 0),
    "currency_by_map": (
        CURRENCY_BY_MAP,
        '[fixed]\nreporter = "CAN"\nflow = "export"\ncurrency = "CAD"\n',
        {"export 2023": 1500},
        "CAD",
        0,
    ),
    "canadian_dollars": (
        CANADIAN_DOLLARS,
        '[fixed]\nreporter = "CAN"\nproduct = "8703"\n',
        {"export 2022": 1500000.0, "export 2023": 1700000.0},
        "CAD",
        0,
    ),
    "goods_over_countries": (
        GOODS_OVER_COUNTRIES,
        '[fixed]\nreporter = "PAK"\nflow = "export"\nperiod = "2022-2023"\ncurrency = "USD"\n',
        {"export 2022": 990000.0},
        "USD",
        330,
    ),
    "goods_over_countries_in_russian": (
        GOODS_OVER_COUNTRIES_IN_RUSSIAN,
        '[fixed]\nreporter = "BLR"\n',
        {"export 2021": 350000.0, "export 2022": 260000.0},
        "USD",
        0,
    ),
    "south_africa": (
        SOUTH_AFRICA,
        '[fixed]\nreporter = "ZAF"\ncurrency = "ZAR"\n',
        {"export 2023": 120000, "import 2023": 9000},
        "ZAR",
        1000,  # of ores; cars and processors are counted
    ),
    "china_customs": (
        CHINA_CUSTOMS,
        '[fixed]\nreporter = "CHN"\nflow = "export"\n[file]\ndecimal = "."\n',
        {"export 2023": 12000},
        "USD",
        900,
    ),
    "argentina": (
        ARGENTINA,
        '[fixed]\nreporter = "ARG"\nflow = "export"\n[places]\n310 = "China"\n225 = "Uruguay"\n',
        {"export 2023": 901.0},
        "USD",
        3000.5,
    ),
    "re_exports_side_by_side": (
        RE_EXPORTS_SIDE_BY_SIDE,
        '[fixed]\nreporter = "HKG"\nproduct = "TOTAL"\n',
        {
            "export 2022": 141000000.0,  # what was made there, and what was sent on
            "export 2023": 154000000.0,
            "re-export 2022": 130000000.0,
            "re-export 2023": 141000000.0,
            "import 2022": 220000000.0,
            "import 2023": 231000000.0,
        },
        "HKD",
        0,
    ),
    "turnover_beside_flows": (
        TURNOVER_BESIDE_FLOWS,
        '[fixed]\nreporter = "UZB"\nproduct = "TOTAL"\n',
        {"export 2022": 40000000.0, "export 2023": 45000000.0, "import 2022": 60000000.0, "import 2023": 65000000.0},
        "USD",
        0,
    ),
    "buddhist_years": (BUDDHIST_YEARS, '[fixed]\nreporter = "THA"\nflow = "export"\n', {"export 2023": 1200}, "THB", 0),
    "malaysia": (MALAYSIA, '[fixed]\nreporter = "MYS"\n', {"export 2023": 3000}, "MYR", 0),
    "indonesia": (
        INDONESIA,
        '[fixed]\nreporter = "IDN"\nflow = "export"\n[file]\ndecimal = ","\n',
        {"export 2023": 12500},
        "USD",
        3000,
    ),
    "comext_before_2024": (COMEXT_BEFORE_2024, "", {"export 2023": 1000, "import 2023": 4000}, "EUR", 30),
    "colombia": (COLOMBIA, '[fixed]\nreporter = "COL"\nflow = "export"\n', {"export 2023": 90750}, "USD", 3000),
    "ukraine": (
        UKRAINE,
        '[fixed]\nreporter = "UKR"\n',
        {"export 2022": 600000.0, "import 2022": 18000.0},
        "USD",
        63000.0,
    ),
    "australian_dollars": (
        AUSTRALIAN_DOLLARS,
        '[fixed]\nreporter = "AUS"\n',
        {"export 2022": 11000.0, "export 2023": 22000.0},
        "AUD",
        0,
    ),
    "three_languages": (
        THREE_LANGUAGES,
        '[fixed]\nreporter = "ARM"\nproduct = "TOTAL"\n',
        {"export 2021": 300000.0, "export 2022": 400000.0},
        "USD",
        0,
    ),
    "norway": (NORWAY, '[fixed]\nreporter = "NOR"\n', {"export 2023": 1700}, "NOK", 0),
    "dataweb": (DATAWEB, '[fixed]\nreporter = "USA"\nflow = "import"\n', {"import 2023": 385}, "USD", 0),
    "comtrade_before_2022": (COMTRADE_BEFORE_2022, "", {"export 2020": 1000, "import 2020": 3000}, "USD", 11),
}
