<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>linzhang</name>
    <message>
        <source>A GeoPackage or a PostgreSQL connection; empty: that of the open project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system; set it in the layer's properties (CGCS2000: EPSG:4490, or a 3° zone such as EPSG:4547).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no features; choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linzhang</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linzhang: the forest chief office</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longitude {lon}, latitude {lat} is no place on earth; check the layer's CRS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for neighbouring stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No workspace: choose one in WORKSPACE or open the project of a workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row} could not be written: {reason}. Check free disk space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer has no coordinate reference system; set it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer has no geometry; choose one with polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory; close programs or use fewer features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time zone {zone} is not known; write Asia/Shanghai or UTC+8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be opened as a layer; check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be written; check the folder and free space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is no date; write it like 2025-03-01.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
