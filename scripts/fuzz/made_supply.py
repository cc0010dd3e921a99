"""Invented files of supply beside links: declarations, records of making, recipes, payments, facilities, events."""

from __future__ import annotations

import json

TABLES = {
    "shipments": (
        "exporter,importer,goods,hs,net_weight,value,currency,date,document,invoice,lot,origin\n"
        'Example Gin,Sample Mill,cotton lint,5201.00,"20,000.5",41000,USD,2025-01-12,D-1,INV-1,L1,Brazil\n'
        "Example Gin,Sample Mill,cotton lint,5201.00.12,19000,,,2025-02,D-2,,,\n"
    ),
    "production": (
        "maker,act,step,lot,material,quantity,unit,date,document\n"
        "Sample Mill,used,P-1,L1,cotton lint,20,t,2025-01-20,B-1\nSample Mill,made,P-1,Y1,yarn,17.5,t,2025-01-22,B-1\n"
    ),
    "bom": (
        "product,material,quantity,unit,product_quantity,product_unit,maker,supplier\n"
        "shirt,poplin,0.25,kg,1,EA,Sewer Ltd,Weaver Ltd\nshirt,button,7,EA,1,EA,,\n"
    ),
    "payments": (
        "payer,payee,value,currency,date,document,invoice\n"
        'Sample Mill,Example Gin,"41,000.00",USD,2025-02-10,P-9,INV-1\nSample Mill,Example Gin,5,USD,,,\n'
    ),
    "papers": (
        "document,belongs_to,issuer,sort,language,translation_of,date\n"
        "PO-7,INV-1,Example Gin,order,English,,2025-01-02\nINV-1-EN,INV-1,,translation,en,INV-1,\n"
    ),
    "facilities": (
        'country,name,address,sector\nChina,Example Gin,"1 Road, Aksu, Xinjiang",Apparel\nPK,Sample Mill,Faisalabad,\n'
    ),
}
_TIME = {"eventTime": "2025-03-01T10:00:00.123+02:00", "eventTimeZoneOffset": "+02:00"}
_LOT = "urn:epc:class:lgtin:4012345.011111.4444"
_MADE = {
    "type": "TransformationEvent",
    **_TIME,
    "eventID": "urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8",
    "inputQuantityList": [{"epcClass": _LOT, "quantity": 10, "uom": "KGM"}, {"epcClass": _LOT, "quantity": 30}],
    "outputEPCList": ["https://id.gs1.org/01/04012345111118/10/4444"],
    "bizStep": "commissioning",
    "readPoint": {"id": "urn:epc:id:sgln:4012345.00001.0"},
}
_HANDED = {
    "type": "ObjectEvent",
    **_TIME,
    "action": "OBSERVE",
    "epcList": ["urn:epc:id:sgtin:4012345.011122.25"],
    "bizStep": "shipping",
    "disposition": "in_transit",
    "bizTransactionList": [{"type": "inv", "bizTransaction": "urn:epcglobal:cbv:bt:4012345000001:INV-1"}],
    "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}],
    "destinationList": [{"type": "owning_party", "destination": "urn:epc:id:pgln:0614141.00777"}],
    "ilmd": {"cbvmda:lotNumber": "X"},
}
EVENTS = json.dumps(
    {
        "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2025-03-02T00:00:00Z",
        "epcisBody": {
            "eventList": [_MADE, _HANDED, {**_HANDED, "errorDeclaration": {"declarationTime": "2025-04-01T00:00:00Z"}}]
        },
    },
    indent=1,
)
EVENTS_XML = """<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2025-03-02T00:00:00Z">
<EPCISBody><EventList>
<ObjectEvent><eventTime>2025-03-01T10:00:00Z</eventTime><eventTimeZoneOffset>+02:00</eventTimeZoneOffset>
<epcList><epc>urn:epc:id:sgtin:4012345.011122.25</epc></epcList><action>ADD</action>
<bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
<extension><quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4012345.011111.4444</epcClass>
<quantity>29.0</quantity><uom>KGM</uom></quantityElement></quantityList></extension></ObjectEvent>
<extension><TransformationEvent><eventTime>2025-03-02T10:00:00Z</eventTime>
<eventTimeZoneOffset>+02:00</eventTimeZoneOffset>
<inputEPCList><epc>urn:epc:id:sgtin:4012345.011122.25</epc></inputEPCList>
<outputEPCList><epc>urn:epc:id:sgtin:4012345.077889.25</epc></outputEPCList></TransformationEvent></extension>
</EventList></EPCISBody></epcis:EPCISDocument>
"""
