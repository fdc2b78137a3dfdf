<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>linzhang</name>
    <message>
        <source>1. The county's data</source>
        <translation>一、县级数据</translation>
    </message>
    <message>
        <source>2. This year's grids</source>
        <translation>二、本年度网格</translation>
    </message>
    <message>
        <source>3. Patrols</source>
        <translation>三、巡护</translation>
    </message>
    <message>
        <source>4. Prints and files</source>
        <translation>四、打印与导出</translation>
    </message>
    <message>
        <source>6 digits; empty: from the file or the workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GeoPackage or a PostgreSQL connection; empty: that of the open project.</source>
        <translation>GeoPackage 文件或 PostgreSQL 连接；留空则用当前工程的工作区。</translation>
    </message>
    <message>
        <source>A calculation process died (often too little memory); use fewer processes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person has no person_id; fill it in PERSONS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A site cannot go from {current} to {following}; possible: {possible}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adjust last year's plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archives inside archives inside archives are not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area (mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area that counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Barriers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COUNTY_CODE {code} is no 6-digit code (区划代码) such as 360702.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COUNTY_CODE {code} is no county code; give its six digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COUNTY_CODE {code} is not six digits, such as 360702.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COUNTY_NAME is empty; give the county's name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CRS of a file without one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CRS {crs} is in {unit}, not in metres; choose a CGCS2000 3° zone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CRS {crs} is not a projected system with an EPSG code; choose a CGCS2000 3° zone such as EPSG:4547.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消，未写入任何内容。</translation>
    </message>
    <message>
        <source>Changed (percent of mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the inputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking {n} shapes …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the county's workspace</source>
        <translation>选择县工作区</translation>
    </message>
    <message>
        <source>Cleaning {n} fixes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Codes never issued again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Codes were read as: {codes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {column} is the area of the present contract; it is no limit and unused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns not mapped: {columns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coordinate reference system: {crs}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>County code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>County code (6 digits)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>County code {code} has not six digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cover {share}, required {needed}: not yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cover {share}, required {needed}: passed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dask scheduler address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide by field name and values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deviation (percent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference (official − drawn)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disconnected grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Divide afresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dividing {n} townships.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing the hills …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn, imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn, whole file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Effort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elements are nested deeper than tracks ever are; refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elevation (DEM)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty: the workspace's own column where the layer has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enclaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enclaves (飞地): attached to the nearest grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enclaves that no link reaches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding {name} is unknown; use auto, UTF-8, GBK or GB18030.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every grid keeps the hard rules.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FIELD_MAP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FIELD_MAP is no valid JSON ({reason}); write field=column; field=column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FIELD_MAP names the field {field}, which does not exist; use one of {fields}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FIELD_MAP takes {field} from column {column}, which the file lacks: {columns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FIELD_MAP {text} lacks a =; write field=column; field=column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field with a draft to continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field with last year's grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File name pattern {pattern} cannot be used ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File name pattern {pattern} has no {{person}}; write it like {{person}}_*.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill gaps that are not forest, for maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Following the slopes to their summits …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forest chief office</source>
        <translation>林长办</translation>
    </message>
    <message>
        <source>Forest stands are in no grid: {ids}; assign them and adopt again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forest that changes hands (percent of mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forest that may change hands (percent of mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forest that must change hands under the rules (percent of mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS has grids without a stand: {codes}; remove them or assign stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS is a plan of {years}, not of {year}; give YEAR or make the plan for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS names persons who are no rangers on duty in {year}: {ids}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS names rangers that the workspace does not have: {ids}; import persons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS, row {row}: grid_code is empty; number the grids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS: grid_code {codes} occurs twice; number the grids anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRIDS: town_code is not that of the stands: {codes}; number the grids anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GRID_COUNT is {count}, but there are only {n} stands; lower it or split stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gap to the bound (percent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the plan with the least violations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greatest forest area of a grid (mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid {grid} has no ranger.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid {grid} has several full-time rangers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grids cross a town boundary: {codes}; a grid lies in one town.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grids with flags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hills and grids have different CRSs; reproject one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import of stands: {layer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inputs that may come later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key risk zones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Land class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Land class codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Land classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>上次结果</translation>
    </message>
    <message>
        <source>Last year's grids (for rangers' names)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system and seems to hold northing before easting; swap x and y, then set one of: {candidates}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system, and its coordinates ({x}, {y}) fit none used in China; find out which it is and set it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system; by its coordinates it is likely one of: {candidates}. Set it in the layer's properties or in CRS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system; set it in the layer's properties (CGCS2000: EPSG:4490, or a 3° zone such as EPSG:4547).</source>
        <translation>图层 {layer} 没有坐标参考系；请在图层属性中设置（CGCS2000：EPSG:4490，或 3° 带如 EPSG:4547）。</translation>
    </message>
    <message>
        <source>Layer {layer} has no features; choose another one.</source>
        <translation>图层 {layer} 没有要素；请另选图层。</translation>
    </message>
    <message>
        <source>Layer {layer} has no geometry at all; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer {layer} has no usable polygon: row 1 {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least forest area of a grid (mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lies in no grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linzhang</source>
        <translation>林长</translation>
    </message>
    <message>
        <source>Linzhang needs Python libraries that this QGIS does not have: {names}. Install them for this QGIS's Python (the installation chapter of the README says how) and start QGIS again.</source>
        <translation>林长插件需要的 Python 库在本 QGIS 中缺失：{names}。请按说明（README 的安装一节）为本 QGIS 的 Python 安装，然后重新启动 QGIS。</translation>
    </message>
    <message>
        <source>Linzhang: the forest chief office</source>
        <translation>林长：林长办工作台</translation>
    </message>
    <message>
        <source>Lock field (0 free, 1 stays, 2 grid closed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longitude must lie within ±180° and latitude within ±90°.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longitude {lon}, latitude {lat} is no place on earth; check the layer's CRS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for bare ground …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for neighbouring stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for overlaps …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking from {n} places …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MIN_MU {low} is above MAX_MU {high}; exchange them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Management grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matching posts with last year's grids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean walk from home to the grid (minutes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring distances …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring prominences …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the workload.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than 9,999 new sites in one year; raise MIN_AREA_M2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Must change (percent of mu)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No DEM: walking times follow a straight line with a detour factor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Python interpreter was found beside QGIS ({prefix}); repair the installation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ROADS: far and near stands count alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No TOWN_FIELD was given: the whole layer is divided as one town.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No VILLAGE_FIELD: villages are not kept together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No forest lies under the cells; check that both layers overlap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No own grid is known; the place was not judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ranger's home is known: walking times are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No slope (DEM or slope field): steep and flat stands count alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No slope (PO_DU): without a DEM every stand counts as flat, so workload is area times access only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No workspace: choose one in WORKSPACE or open the project of a workspace.</source>
        <translation>没有工作区：请在 WORKSPACE 中选择，或打开某个工作区的工程。</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of grids where there are no rangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objective</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: stands of the workspace that are not in the file stay, and are counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Official</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Official area deviates by more than 1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Official area field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Official where within 1 % of geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Official, imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Official, whole file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {n} cells of the image lie in the site; use a finer image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only {n} of {all} cells are clear in both images; use another date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimisation of the management grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimise grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlaps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygons of 小班 with any province's field names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processes (0: one a core)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proven lower bound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranger after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranger before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rangers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rangers (a row a post)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rangers have more than one grid: {ids}; one full-time ranger a grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster {file} cannot be read ({reason}); choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster {file} has no coordinate reference system; set it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster {file} is not north-up; warp it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rasters need rasterio or GDAL's Python bindings; install python3-rasterio or python3-gdal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading attributes …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {file} needs the Python library openpyxl, which is not installed; save the table as CSV, or install openpyxl.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove stands that the file lacks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row} could not be written: {reason}. Check free disk space.</source>
        <translation>第 {row} 行无法写入：{reason}。请检查磁盘剩余空间。</translation>
    </message>
    <message>
        <source>Rule days_by_month needs twelve numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule set {rules} is for {kind}, not for {wanted}; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule set {rules}: slope_factor or access_factor cannot be read ({reason}); follow a shipped rule set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule set {rules}: {name} is {value!r}; write a number or null.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule set {source} has no name; it must be a JSON object with a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule set {source} is not valid JSON ({reason}); correct the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule {rule} is not known; known are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule {rule} must be a number that is not negative, not {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule {rule} must be true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rules that cannot be kept, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rules that could not be kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SCHEDULER needs the Python packages dask and distributed; install them or leave SCHEDULER empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STANDS has no field stand_id; give STAND_ID_FIELD (fields: {fields}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STAND_GRID has grids that GRIDS does not: {codes}; give layers of one plan.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STAND_GRID has stands that the workspace does not: {ids}; load the plan anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STAND_GRID has stands without a grid: {ids}; assign them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slivers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slivers closed up to (m)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slope field (class or degrees)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand id field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand {stand} is locked but is in no grid; unlock it or give it a grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stand {stand} is locked in grid {grid}, which has no post in town {town}; unlock it or add a post for that grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands are identified by the layer's own id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands are not in exactly one grid (shares must add up to 1): {ids}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands overlap by {mu} mu in all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands that change hands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status {written} is not known; use one of {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and write nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table {table}, field {field}, row {row}: {value} is not a {kind}; correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table {table}, row {row}: the geometry is no {kind}; correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table {table}: rows {first} and {second} have the same {key} {value}; each may occur once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell from the geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text encoding: {encoding}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That did not work; the log under Linzhang says more.</source>
        <translation>操作未成功；详情见日志面板“Linzhang”页。</translation>
    </message>
    <message>
        <source>The DEM holds no heights; check its nodata value and extent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The DEM is flat everywhere; choose one with heights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Dask scheduler {address} cannot be reached; start it or leave SCHEDULER empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The FIT file is cut off here (byte {byte}); what stands before it was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The JSON is broken here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XML is broken here ({reason}); what could be read around it was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The XML is broken here ({reason}); what stands before it was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive holds more files than is safe to open; split it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is broken here; its other files were read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive's member is encrypted; unpack it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The calculation failed: {details}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The calculation's process ended with code {code} before it was done (often too little memory). {details}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coordinates of layer {layer} do not fit its CRS ({crs}); likely is {candidates}. Set the right CRS in the layer's properties.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of {path} is full; free some space. The workspace is as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The feature has no time for each of its positions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file could not be read ({kind}); the others were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file declares a DOCTYPE, which tracks never need and attacks do; refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no column of towns (XIANG): everything is taken as one town, {code}; grids may then cross town borders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no column of villages (CUN): grids cannot be kept within villages, and homes fall back to the town.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no land class (DI_LEI): every polygon counts as forest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no official area; geometric areas count everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no positions with times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no track points ({wpt} waypoints and {rtept} route points are no patrol).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is larger than is safe to read; split it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no FIT file or is cut off at the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is no XLSX workbook; open it and save it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is of no kind that holds tracks (GPX, KML, CSV, XLSX, GeoJSON, FIT …).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file tells no county; codes begin with 000000. Give COUNTY_CODE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {path} is damaged or no GeoPackage; restore a backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix has no time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fix is cut off or broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image has no valid cells; check its nodata value and extent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image holds bytes from 0 to 255, a picture rather than a measurement; choose the product with surface reflectance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image holds digital numbers; they were read as reflectance × 10,000 with offset {offset}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image holds only the value {value}; choose the original scene.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image holds reflectance from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image holds reflectance in percent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image lacks the bands {bands}; name them in BANDS, such as red=3,nir=4,blue=1.</source>
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
        <source>The layer has no 小班 numbers or other id; stands are identified by their row, which holds only while the file is not re-ordered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line has no times (no gx:Track, no TimeStamp): {n} positions lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line has {n} columns, the header {width}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line is no row of the table (a quote or a NUL in the way).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The locked stands of grid {grid} in town {town} lie in {n} pieces that other locks keep apart; unlock some of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new workspace {path} cannot be read back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The numbers look like metres of a map projection, not degrees; load the file as a layer with its CRS and import that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plan of {year} is confirmed; its grids can no longer change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The position cannot be read as longitude and latitude.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The position is (0, 0): the phone had no fix.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The raster lies outside the reach of {crs}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reference areas are all of one brightness; add brighter or darker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reference areas hold only {n} cells common to both images, {least} are needed; draw larger ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report {file} cannot be written ({reason}); choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report {path} cannot be written ({reason}); check folder and free space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rules cannot be kept. {cause}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table has a header and no rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table has no columns for time, longitude and latitude that could be recognised; name them time, lon, lat (时间、经度、纬度).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time lies before 1990 or after 2100: the phone had no time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit of {column} cannot be told from the geometry, so it was not used; set AREA_UNIT or another column in FIELD_MAP (official=…).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The values of {column} obey no known list of land classes; give LAND_CODES or another column in FIELD_MAP (di_lei=…).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace is ready; its project can be opened now.</source>
        <translation>工作区已建好，可以打开其工程。</translation>
    </message>
    <message>
        <source>The workspace refused a row: {reason}. Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace {path} has no forest stands for {year}; import stands first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace {path} is being written by another program; save or close it there and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace {path} is of an older format ({version}, now {known}); migrate it first: a backup is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace {path} is read-only; allow writing or copy it elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace {path} was made by a newer Linzhang (format {version}, this one knows {known}); update the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no rule set {rules}; choose one of {names} or a JSON file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no workspace at {path}; check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory; close programs or use fewer features.</source>
        <translation>内存不足；请关闭其他程序或减少要素。</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time zone {zone} is not known; write Asia/Shanghai or UTC+8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Told by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tolerance of workload (percent; hard where set)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town field (grids never cross towns)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: no plan was found that keeps every rule ({counts}); allow a wider tolerance ({tolerance} percent now), other bounds or another number of posts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: stand {stand} alone has {mu} mu, more than the {most} mu a grid may have; split it with splitstands or raise the maximum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: the part around stand {stand} is cut off by gaps wider than the link distance and has {mu} mu for {posts} posts; raise the link distance or change the number of posts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: the workload of stand {stand} alone is {over} percent above a grid's share; split it or allow a tolerance of {could} percent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: {k} grids of at least {least} mu need {need} mu, but it has {total} mu; {fit} posts would fit, or a minimum of {could} mu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: {k} grids of at most {most} mu hold {hold} mu, but it has {total} mu; {fit} posts would do, or a maximum of {could} mu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Town {town}: {n} enclaves that no link reaches are attached to the nearest grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Towns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town} has stands but no post.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town} has {k} posts but only {n} stands: {more} posts stay vacant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: a stand is locked into a grid that has no post.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: one stand alone has {largest}, more than the {roof} a grid may hold; split the stand, or allow {percent} % above the mean.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: stands locked into grid {grid} are not linked to each other; unlock some of them or widen LINK_DISTANCE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: the locked stands of grid {grid} are cut off from each other by other grids' locked stands; unlock some of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: {k} grids may hold at most {limit} together, but there is {total}; {posts} posts, or an upper bound of {each} a grid, would do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: {k} grids must hold at least {limit} together, but there is only {total}; {posts} posts, or a lower bound of {each} a grid, would do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Township {town}: {n} stands that no link joins to the rest hold {weight}, which no whole number of grids of {low} to {high} fits; widen LINK_DISTANCE or the tolerance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the official area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown land class {code}: {n} stands; they are in no total of forest land.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpack the archive and import the layer itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Village field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Villages cut by grid borders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of compactness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of equal workload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of keeping last year's grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of keeping villages whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight of the ranger's walk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was written to {path} cannot be read back; the workspace was put back as it was. Check the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where rules cannot be kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Widest gap that is bridged (m)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a DEM, slope classes come from PO_DU, or every stand counts as flat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without rangers' homes, a village point or the forest's centre stands for the home (推定).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without roads, the access factor of every stand is 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without village boundaries, villages are dissolved from their stands (推定).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workload field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Worst deviation after (percent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst deviation before (percent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst deviation of workload (percent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {n} stands …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>XLSX needs the Python library openpyxl, which is not installed; save the file as CSV.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年度</translation>
    </message>
    <message>
        <source>Year of the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a grid for a new post</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto, or UTF-8, GBK, GB18030 …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>enclave that no link reaches: attached to the nearest grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>evens out the work: {code} had {more} percent, {gaining} {less} percent of deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>field=column; field=column. What is not given is told by an alias table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forest land</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forestry land classes linked to the land survey, 6 digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forestry land classes, 4 digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>forestry variant of the third land survey, 4 digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grid {code} has no post this year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grid {code} was above {most} mu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grid {code} was below {least} mu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grid {grid}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guessed from the values; please check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has a phone number that is none; left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has an area of {m2} m² only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has coordinates that are no numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has no area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has no coordinates; the point of the {what} stands for the home (推定)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has no geometry; draw it or delete the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has the id of row {first}; give it a 小班 number of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has the unknown land class {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hectares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is a vacant post in {town}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is hair-thin ({m2} m²)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is in row {first} already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is no polygon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is of {town}, but {n} towns of the workspace have codes only; import a list of codes and names with Import boundaries first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is of {town}, which the workspace does not know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is of {town}, which the workspace does not know; meant {like}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lay apart from the rest of grid {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>makes the grids more compact or keeps a village together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>m²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>names in Chinese</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>official {official} ha, drawn {drawn} ha ({percent} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>older provincial land classes, 3 digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the first hillside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other land</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overlaps {other} (row {row}) by {m2} m²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>says no town</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>says no town; that of the nearest stand ({town}) was taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen from nowhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seen from {km:.1f} km of lines, {share:.0%} of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the border of {town}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the edge of the forest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>third land survey, final 4-digit codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>town</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>visibility not computed: no DEM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was in no grid last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was repaired ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{changed} percent of the forest changes hands, more than the {allowed} percent allowed: repairs of enclaves, vacancies and bounds come first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column} holds no areas; geometric areas count everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column} is in {unit}: {percent} % of the stands agree with their drawing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column}: 0303 and 0304 ({n} stands) can mean mangrove and forest swamp (land survey) or shrub land and other forest land (forestry variant); the {chosen} was taken. Set LAND_CODES to decide; the forest area is the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column}: 0303 and 0304 are read as shrub land and other forest land, for mangroves do not grow in this province; set LAND_CODES if that is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{distance:.0f} m from {corridor}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {least} days in part {n} of the month (旬).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {owed} days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason}); open it in Excel or WPS and save it as .xlsx.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has no row of column titles such as {titles}; add one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} holds XML that no office program writes; not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is larger than any roster; take the table out of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is no XLSX or CSV file; save it as .xlsx in Excel or WPS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{km} of the {least} km required in the own grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{km} of the {least} km required.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} has no field {field}; give the layer that optimizegrids made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} has no field {field}; it is needed (person_id, name, town_code, previous_grid_code).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} is in {datum}: its shift to CGCS2000 is unknown here and up to 100 m; have it converted by the survey bureau before it meets other layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: field {field} holds no areas; choose another field or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: field {field} is empty; give the field with the town codes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: last year's grid {grid} of ranger {person} is in no stand; correct the code or leave it empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: person {person} has a negative capacity_mu; correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: person {person} occurs twice; a full-time ranger has one post.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: ranger {person} is in town {town}, where no stand lies; correct the town_code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: row {row} has no value in {field}; every stand needs its own id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: stand id {stand} in {field} occurs {n} times; make the ids unique.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no area; delete it or correct its outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no geometry; delete it or draw it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no town in {field}; fill it in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no workload or a negative one; fill it in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: stand {stand} is no polygon; run importstands or choose a polygon layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: the eastings do not fit {said} (zone prefix mixed up); they were read as {meant}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: the lock of stand {stand} is not 0, 1 or 2; correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: the outline of stand {stand} crosses itself; run importstands, which repairs it, or Fix geometries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: town {town} has {n} stands but no post; add a ranger or a vacant post (a row with an empty person_id).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer}: town {town} has {posts} posts but only {n} stands; remove posts or split stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} minutes in stops of more than {long} minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} minutes ridden (faster than {speed} km/h).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} minutes without fixes were bridged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} of the {least} minutes required in the own grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} of the {least} minutes required.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no GeoPackage file; workspaces in PostgreSQL are not supported yet. Give the path of a .gpkg file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} fixes of this file were read before (same person, time and place).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} grids of last year have no post this year and are dissolved: {codes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} pairs of stands overlap by {mu} mu together, most {first} and {second}; what they share counts for both: correct one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} persons have no home, not even presumed: import stands or boundaries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} posts are vacant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} rangers' homes are presumed, not surveyed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} rows are of other counties than {county}: {codes}; they were imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} rows hold ID numbers; they were read over and are stored nowhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} rows say no role; they count as full-time rangers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} stands have no official area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} stands imported, {refused} rows refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} stands of the workspace are not in this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} stands' official area deviates from geometry by more than the limit; the {used} area counts for them ({stands} …).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} towns have names only; their codes are made up ({names}). Import boundaries or a list of codes and names first to have the real ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} villages have names only; their codes are made up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} is missing; choose a layer.</source>
        <translation>缺少 {parameter}；请选择图层。</translation>
    </message>
    <message>
        <source>{parameter}: the layer has no field {field}; its fields are {fields}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be opened as a layer; check the path.</source>
        <translation>{parameter}：{value} 无法作为图层打开；请检查路径。</translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be opened as a raster; check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be written; check the folder and free space.</source>
        <translation>{parameter}：{value} 无法写入；请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not exist; check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} exists already; choose another file, or tick OVERWRITE (it is kept).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a Linzhang workspace; make one with Create workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} % of the minutes in the own grid, {least} % required.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} % of the way was walked before this month; at most {most} % may be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} is no date; write it like 2025-03-01.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{town}: {grids} grids, {rangers} rangers, worst deviation {before} → {after} %, changed {changed} % (must {must} %), disconnected {apart}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{year} has a plan already ({status}); tick REPLACE to put this one in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and {n} more rows, not shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>林班 and 小班 numbers repeat in {n} rows and cannot identify stands.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
