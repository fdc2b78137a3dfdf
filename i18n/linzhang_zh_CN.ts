<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>linzhang</name>
    <message>
        <source>1 is a county of about 2,600 stands.</source>
        <translation>1 为约 2,600 个小班的县。</translation>
    </message>
    <message>
        <source>1. The county's data</source>
        <translation>一、县级数据</translation>
    </message>
    <message>
        <source>2. This year's grids</source>
        <translation>二、本年度网格</translation>
    </message>
    <message>
        <source>3. Mountain to person</source>
        <translation>三、山头落到人头</translation>
    </message>
    <message>
        <source>4. Patrols</source>
        <translation>四、巡护</translation>
    </message>
    <message>
        <source>5. Bare slopes</source>
        <translation>五、裸露山体</translation>
    </message>
    <message>
        <source>6 digits; empty: from the file or the workspace.</source>
        <translation>6 位；留空则取自文件或工作区。</translation>
    </message>
    <message>
        <source>6. Prints and files</source>
        <translation>六、打印与文件</translation>
    </message>
    <message>
        <source>A GeoPackage or a PostgreSQL connection; empty: that of the open project.</source>
        <translation>GeoPackage 文件或 PostgreSQL 连接；留空则用当前工程的工作区。</translation>
    </message>
    <message>
        <source>A calculation process died (often too little memory); use fewer processes.</source>
        <translation>有计算进程中止（多因内存不足）；请减少进程数。</translation>
    </message>
    <message>
        <source>A correction has applied this objection; it can no longer change.</source>
        <translation>该申诉已计入更正，不能再改。</translation>
    </message>
    <message>
        <source>A draft can be imported again; a confirmed or archived year is frozen.</source>
        <translation>草案可以重新导入；已确认或已归档的年度不能再改。</translation>
    </message>
    <message>
        <source>A layer, or an XLSX or CSV with the time of being found.</source>
        <translation>图层，或含发现时间的 XLSX、CSV。</translation>
    </message>
    <message>
        <source>A layer, or an XLSX or CSV; also what verifyregreening wrote.</source>
        <translation>图层、XLSX 或 CSV；也可用复绿核验的结果。</translation>
    </message>
    <message>
        <source>A layer, or an XLSX or CSV; title rows and merged cells are fine.</source>
        <translation>图层、XLSX 或 CSV；有标题行、合并单元格也可以。</translation>
    </message>
    <message>
        <source>A list (XLSX, CSV or a table) of sites and statuses; or SITE_CODES.</source>
        <translation>图斑与新状态的清单（XLSX、CSV 或表），或填 SITE_CODES。</translation>
    </message>
    <message>
        <source>A longer gap ends a patrol (minutes)</source>
        <translation>间隔超过此值则巡护结束（分钟）</translation>
    </message>
    <message>
        <source>A narrow strip along a mask, no wider than masks may lie off.</source>
        <translation>沿排除面边缘的窄条，宽度不超过排除面允许的边界误差。</translation>
    </message>
    <message>
        <source>A page for each</source>
        <translation>每页一个</translation>
    </message>
    <message>
        <source>A part of {mu} mu of grid {grid} is an enclave: no link within {distance} m.</source>
        <translation>网格 {grid} 有 {mu} 亩为飞地：{distance} 米内无连接。</translation>
    </message>
    <message>
        <source>A person has no person_id; fill it in PERSONS.</source>
        <translation>有人员没有 person_id；请在 PERSONS 中填写。</translation>
    </message>
    <message>
        <source>A register of bare slopes, and images before and after beside the workspace.</source>
        <translation>裸露山体台账，及工作区旁的复绿前后影像。</translation>
    </message>
    <message>
        <source>A row says no status; fill it in or give STATUS.</source>
        <translation>有行没写新状态，请填写或给出 STATUS。</translation>
    </message>
    <message>
        <source>A rule set: its name (jiangxi_hills, suburb …) or a JSON file.</source>
        <translation>规则集：名称（jiangxi_hills、suburb 等）或 JSON 文件。</translation>
    </message>
    <message>
        <source>A site cannot go from {current} to {following}; possible: {possible}.</source>
        <translation>图斑不能由“{current}”转为“{following}”；可转为：{possible}。</translation>
    </message>
    <message>
        <source>A straight-sided plot on an even hillside without face or floor, as plantations and solar farms are.</source>
        <translation>边界平直、坡面均匀、无陡壁和采场底，似种植地块或光伏场地。</translation>
    </message>
    <message>
        <source>A table, XLSX or CSV: number, person, day, what it asks, reason, proof, decision.</source>
        <translation>表、XLSX 或 CSV：编号、人员、日期、申诉事项、理由、证明材料、处理结果。</translation>
    </message>
    <message>
        <source>A table, XLSX or CSV: person (empty: all), first day, last day, reason.</source>
        <translation>表、XLSX 或 CSV：人员（空为全体）、开始日期、结束日期、事由。</translation>
    </message>
    <message>
        <source>A table, or an XLSX or CSV with person, day, minutes or hours, kilometres.</source>
        <translation>表、XLSX 或 CSV，含人员、日期、时长（分钟或小时）、里程。</translation>
    </message>
    <message>
        <source>A1, A2, A3 or A4 across, or width x height in mm, such as 600x400.</source>
        <translation>A1、A2、A3、A4 横幅，或宽x高毫米数，如 600x400。</translation>
    </message>
    <message>
        <source>ABSENCES has no field first_day; it needs person_id, first_day, last_day, reason.</source>
        <translation>ABSENCES 没有 first_day 字段；需要 person_id、first_day、last_day、reason。</translation>
    </message>
    <message>
        <source>AFTER lies in another CRS: its nearest cells were taken.</source>
        <translation>复绿后影像的坐标系不同：已按最邻近像元对齐。</translation>
    </message>
    <message>
        <source>ASSIGNMENTS has no field {field}; choose the table of assignments.</source>
        <translation>ASSIGNMENTS 没有字段 {field}；请选择任职表。</translation>
    </message>
    <message>
        <source>AS_OF cannot be read as a time; write it like 2025-03-31 18:00.</source>
        <translation>AS_OF 无法读作时间；请写成 2025-03-31 18:00 的形式。</translation>
    </message>
    <message>
        <source>AS_OF is empty; give today's date, like 2025-04-02.</source>
        <translation>AS_OF 为空；请填当天日期，如 2025-04-02。</translation>
    </message>
    <message>
        <source>AS_OF {text} is no date; write it as 2024-03-15.</source>
        <translation>制图日期 {text} 不是日期；请写成 2024-03-15。</translation>
    </message>
    <message>
        <source>ATTENDANCE has no field {field}; choose the output of assesspatrols.</source>
        <translation>ATTENDANCE 没有字段 {field}；请选择 assesspatrols 的输出。</translation>
    </message>
    <message>
        <source>ATTENDANCE has no row of {month}; choose another.</source>
        <translation>ATTENDANCE 没有 {month} 的行；请另选月份。</translation>
    </message>
    <message>
        <source>Addressed to</source>
        <translation>主送机关</translation>
    </message>
    <message>
        <source>Adjust last year's plan</source>
        <translation>在上年方案上调整</translation>
    </message>
    <message>
        <source>Adopt decisions on candidates</source>
        <translation>采纳疑似图斑核查结论</translation>
    </message>
    <message>
        <source>Adopt grids</source>
        <translation>采用方案</translation>
    </message>
    <message>
        <source>Adopt patrol results</source>
        <translation>巡护结果入库</translation>
    </message>
    <message>
        <source>Agreement: WGS84 {wgs} %, GCJ-02 {gcj} %, BD-09 {bd} %.</source>
        <translation>吻合程度：WGS84 {wgs} %，GCJ-02 {gcj} %，BD-09 {bd} %。</translation>
    </message>
    <message>
        <source>All grids have {grids} mu, all forest stands {stands} mu: difference {gap}.</source>
        <translation>网格合计 {grids} 亩，林地小班合计 {stands} 亩：差值 {gap}。</translation>
    </message>
    <message>
        <source>Allow a backup of another county</source>
        <translation>允许用其他县的备份</translation>
    </message>
    <message>
        <source>Also months without results</source>
        <translation>没有结果的月份也清理</translation>
    </message>
    <message>
        <source>Also what falls due within (days)</source>
        <translation>提前列入天数</translation>
    </message>
    <message>
        <source>Also what is done or not due yet</source>
        <translation>同时列出已完成和未到期</translation>
    </message>
    <message>
        <source>An XLSX or CSV with village groups and counts, hills and key places, or appeals; also what hillresponsibility wrote.</source>
        <translation>含村小组计数、山头重点部位或诉求的 XLSX、CSV；也可读回“谁负责哪座山头”输出的工作簿。</translation>
    </message>
    <message>
        <source>An old workbook (XLS) cannot be read; save it as XLSX or CSV.</source>
        <translation>无法读取旧版工作簿（XLS），请另存为 XLSX 或 CSV。</translation>
    </message>
    <message>
        <source>Appeals</source>
        <translation>诉求</translation>
    </message>
    <message>
        <source>Archives inside archives inside archives are not opened.</source>
        <translation>不打开多层嵌套的压缩包。</translation>
    </message>
    <message>
        <source>Archives of this kind are not opened; unpack it, or pack the files as ZIP.</source>
        <translation>不支持此类压缩包；请解压，或改用 ZIP 打包。</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Area (mu)</source>
        <translation>面积（亩）</translation>
    </message>
    <message>
        <source>Area that counts</source>
        <translation>计算所用面积</translation>
    </message>
    <message>
        <source>Area within bounds</source>
        <translation>面积在上下限内</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Areas that did not change</source>
        <translation>未变化的参照区</translation>
    </message>
    <message>
        <source>As given in DATUM.</source>
        <translation>按 DATUM 指定。</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截止时点</translation>
    </message>
    <message>
        <source>As the list says</source>
        <translation>按清单</translation>
    </message>
    <message>
        <source>As {n} of {all} other months of the import. {own}</source>
        <translation>与本次导入其他 {all} 个人月中的 {n} 个一致。{own}</translation>
    </message>
    <message>
        <source>Asked for by</source>
        <translation>起因</translation>
    </message>
    <message>
        <source>Assess events</source>
        <translation>事件时效评价</translation>
    </message>
    <message>
        <source>Assess patrols</source>
        <translation>巡护判定</translation>
    </message>
    <message>
        <source>Assign rangers to grids</source>
        <translation>护林员与网格指派</translation>
    </message>
    <message>
        <source>Assignments (person, grid, duty)</source>
        <translation>任职表（人员、网格、责任）</translation>
    </message>
    <message>
        <source>Assignments of grids with dates</source>
        <translation>带起止日期的网格任职表</translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation>出勤</translation>
    </message>
    <message>
        <source>Attendance of the platform</source>
        <translation>平台出勤数据</translation>
    </message>
    <message>
        <source>BACKUP is the workspace itself; choose another file.</source>
        <translation>BACKUP 就是工作区本身；请另选文件。</translation>
    </message>
    <message>
        <source>BANDS: the image has no band {number}, only {n}.</source>
        <translation>BANDS：影像没有第 {number} 波段，只有 {n} 个。</translation>
    </message>
    <message>
        <source>BANDS: {part} is not understood; write names of {names} or of {sensors}.</source>
        <translation>BANDS：{part} 无法理解；请写 {names} 的名称或 {sensors} 之一。</translation>
    </message>
    <message>
        <source>BANDS: {sensor} has {wanted} bands but the image has {n}.</source>
        <translation>BANDS：{sensor} 有 {wanted} 个波段，而影像有 {n} 个。</translation>
    </message>
    <message>
        <source>Back up workspace</source>
        <translation>备份工作区</translation>
    </message>
    <message>
        <source>Backed up to {path} ({size} MB), checked.</source>
        <translation>已备份到 {path}（{size} MB），检查无误。</translation>
    </message>
    <message>
        <source>Backup file</source>
        <translation>备份文件</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>波段</translation>
    </message>
    <message>
        <source>Bands as given.</source>
        <translation>波段按给定。</translation>
    </message>
    <message>
        <source>Bands as in {sensor}.</source>
        <translation>波段按 {sensor}。</translation>
    </message>
    <message>
        <source>Bands told by their titles.</source>
        <translation>波段按名称识别。</translation>
    </message>
    <message>
        <source>Bare above this bareness index</source>
        <translation>裸土指数高于此值为裸露</translation>
    </message>
    <message>
        <source>Bare below this NDVI</source>
        <translation>NDVI 低于此值为裸露</translation>
    </message>
    <message>
        <source>Bare slopes</source>
        <translation>裸露山体</translation>
    </message>
    <message>
        <source>Bare slopes and images of the sample</source>
        <translation>示例裸露山体与影像</translation>
    </message>
    <message>
        <source>Barriers</source>
        <translation>阻隔线（面）</translation>
    </message>
    <message>
        <source>Board {board} lacks its supervision phone or unit.</source>
        <translation>公示牌 {board} 缺监督电话或所属单位。</translation>
    </message>
    <message>
        <source>Boundaries, or a list of codes and names</source>
        <translation>行政界线，或代码名称对照表</translation>
    </message>
    <message>
        <source>Bridges over barriers (besides the roads)</source>
        <translation>阻隔上的桥（道路以外）</translation>
    </message>
    <message>
        <source>Buffer (m)</source>
        <translation>缓冲距离（米）</translation>
    </message>
    <message>
        <source>Built-up land, cropland, water, roads, orchard terraces, tea, new plantations, felling and planting plots, solar farms: one layer for each reason.</source>
        <translation>建成区、耕地、水域、道路、果园梯田、茶园、新造林、采伐与造林地块、光伏电站：每种原因一个图层。</translation>
    </message>
    <message>
        <source>By type code: 01=24, 02=24, 03=720; other=168; 04=24/720: hours to accept too.</source>
        <translation>按类型代码：01=24, 02=24, 03=720；other=168；04=24/720 同时规定受理时限。</translation>
    </message>
    <message>
        <source>CONFIRMED_ON {text} is no date; write it as 2024-03-31.</source>
        <translation>CONFIRMED_ON {text} 不是日期；请写成 2024-03-31。</translation>
    </message>
    <message>
        <source>CONNECTION: workspaces in PostgreSQL are not supported yet; give STORE.</source>
        <translation>CONNECTION：暂不支持 PostgreSQL 工作区；请填写 STORE。</translation>
    </message>
    <message>
        <source>COUNTY_CODE {code} is no 6-digit code (区划代码) such as 360702.</source>
        <translation>COUNTY_CODE {code} 不是 6 位区划代码（如 360702）。</translation>
    </message>
    <message>
        <source>COUNTY_CODE {code} is no county code; give its six digits.</source>
        <translation>COUNTY_CODE {code} 不是县级代码；请给六位数字。</translation>
    </message>
    <message>
        <source>COUNTY_CODE {code} is not six digits, such as 360702.</source>
        <translation>COUNTY_CODE {code} 不是 6 位数字，如 360702。</translation>
    </message>
    <message>
        <source>COUNTY_NAME is empty; give the county's name.</source>
        <translation>COUNTY_NAME 为空；请填写县（区）名称。</translation>
    </message>
    <message>
        <source>COVERAGE and RISK_RATES are of one period; adopt one month at a time with them (here {n}).</source>
        <translation>COVERAGE 和 RISK_RATES 只属于一个时段；带这两项时请一次入库一个月（现为 {n} 个月）。</translation>
    </message>
    <message>
        <source>COVER_SPEED {given} cannot be read; write class=factor, such as 1=0.6, 5=0.</source>
        <translation>COVER_SPEED {given} 无法读取；请写 地类=系数，如 1=0.6, 5=0。</translation>
    </message>
    <message>
        <source>CRS of a file without one</source>
        <translation>文件缺少坐标系时采用</translation>
    </message>
    <message>
        <source>CRS of the workspace</source>
        <translation>工作区坐标系</translation>
    </message>
    <message>
        <source>CRS {crs} is a guess from the province of {code}; give CRS if the county lies in another 3° zone.</source>
        <translation>坐标系 {crs} 是按 {code} 所在省份推断的；若本县在别的 3°带，请填写 CRS。</translation>
    </message>
    <message>
        <source>CRS {crs} is in {unit}, not in metres; choose a CGCS2000 3° zone.</source>
        <translation>坐标系 {crs} 的单位是 {unit}，不是米；请选 CGCS2000 3°带。</translation>
    </message>
    <message>
        <source>CRS {crs} is not a projected system with an EPSG code; choose a CGCS2000 3° zone such as EPSG:4547.</source>
        <translation>坐标系 {crs} 不是带 EPSG 代码的投影坐标系；请选 CGCS2000 3°带，如 EPSG:4547。</translation>
    </message>
    <message>
        <source>Cadres and volunteers</source>
        <translation>干部和志愿者</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消，未写入任何内容。</translation>
    </message>
    <message>
        <source>Candidate numbers</source>
        <translation>疑似编号</translation>
    </message>
    <message>
        <source>Candidate {no} is verified but not in the register; adopt the review again.</source>
        <translation>疑似图斑 {no} 已核实但不在台账中，请重新采纳核查结论。</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>疑似图斑</translation>
    </message>
    <message>
        <source>Candidates for review</source>
        <translation>待核查疑似图斑</translation>
    </message>
    <message>
        <source>Cell of the heat raster (m)</source>
        <translation>热度栅格像元（米）</translation>
    </message>
    <message>
        <source>Change against balance</source>
        <translation>调整与均衡</translation>
    </message>
    <message>
        <source>Change against balance: plans to choose from</source>
        <translation>变动与均衡：供选方案</translation>
    </message>
    <message>
        <source>Change against compactness</source>
        <translation>调整与紧凑</translation>
    </message>
    <message>
        <source>Changed (percent of mu)</source>
        <translation>调整比例（占面积 %）</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Check of {county}, {year}</source>
        <translation>{county} {year} 年检查</translation>
    </message>
    <message>
        <source>Check workspace</source>
        <translation>检查工作区</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Check-ins of cadres</source>
        <translation>干部打卡</translation>
    </message>
    <message>
        <source>Checked on</source>
        <translation>检查日期</translation>
    </message>
    <message>
        <source>Checking the inputs.</source>
        <translation>正在检查输入。</translation>
    </message>
    <message>
        <source>Checking {n} shapes …</source>
        <translation>正在检查 {n} 个图形……</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查记录</translation>
    </message>
    <message>
        <source>Checks made (empty: the workspace's)</source>
        <translation>检查记录（留空取工作区）</translation>
    </message>
    <message>
        <source>Checks that are due</source>
        <translation>复绿应检清单</translation>
    </message>
    <message>
        <source>Choose the county's workspace</source>
        <translation>选择县工作区</translation>
    </message>
    <message>
        <source>Cleaning {n} fixes.</source>
        <translation>正在清理 {n} 个定位点。</translation>
    </message>
    <message>
        <source>Closure rate</source>
        <translation>办结率</translation>
    </message>
    <message>
        <source>Codes kept</source>
        <translation>沿用的编号</translation>
    </message>
    <message>
        <source>Codes never issued again</source>
        <translation>不再使用的编号</translation>
    </message>
    <message>
        <source>Codes or names, separated by commas; empty: all that have grids.</source>
        <translation>代码或名称，用逗号分开；空为所有有网格的。</translation>
    </message>
    <message>
        <source>Codes were read as: {codes}.</source>
        <translation>代码按以下体系识别：{codes}。</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Column {column} is the area of the present contract, no limit; it is unused.</source>
        <translation>“{column}”列是现有协议面积，不是可管护上限，未使用。</translation>
    </message>
    <message>
        <source>Columns not mapped: {columns}</source>
        <translation>未对应的列：{columns}</translation>
    </message>
    <message>
        <source>Compare grids</source>
        <translation>网格方案对比</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Confirmed on</source>
        <translation>确认日期</translation>
    </message>
    <message>
        <source>Confirming freezes the year's borders and codes for good.</source>
        <translation>确认后本年度界线和编号永久冻结。</translation>
    </message>
    <message>
        <source>Coordinate reference system: {crs}.</source>
        <translation>坐标系：{crs}。</translation>
    </message>
    <message>
        <source>Correct a month by objections</source>
        <translation>按申诉更正当月结果</translation>
    </message>
    <message>
        <source>County code</source>
        <translation>县（区）代码</translation>
    </message>
    <message>
        <source>County code (6 digits)</source>
        <translation>县代码（6 位）</translation>
    </message>
    <message>
        <source>County code {code} has not six digits.</source>
        <translation>县代码 {code} 不是六位数字。</translation>
    </message>
    <message>
        <source>County name</source>
        <translation>县（区）名称</translation>
    </message>
    <message>
        <source>Cover {share}, required {needed}: not yet.</source>
        <translation>覆盖率 {share}，要求 {needed}：尚未达到。</translation>
    </message>
    <message>
        <source>Cover {share}, required {needed}: passed.</source>
        <translation>覆盖率 {share}，要求 {needed}：合格。</translation>
    </message>
    <message>
        <source>Coverage of grids</source>
        <translation>网格覆盖</translation>
    </message>
    <message>
        <source>Covered (percent)</source>
        <translation>覆盖率（%）</translation>
    </message>
    <message>
        <source>Create workspace</source>
        <translation>创建工作区</translation>
    </message>
    <message>
        <source>Cut stands</source>
        <translation>被切割的小班</translation>
    </message>
    <message>
        <source>Cutting lines</source>
        <translation>切割线</translation>
    </message>
    <message>
        <source>Cutting stands …</source>
        <translation>正在切分小班……</translation>
    </message>
    <message>
        <source>Daily patrols of risk zones</source>
        <translation>重点风险区每日必巡</translation>
    </message>
    <message>
        <source>Danger level by day</source>
        <translation>各日火险等级</translation>
    </message>
    <message>
        <source>Danger level from which zones are due</source>
        <translation>必巡起始火险等级</translation>
    </message>
    <message>
        <source>Dask scheduler address</source>
        <translation>Dask 调度器地址</translation>
    </message>
    <message>
        <source>Date as 2024-03-31; empty: today.</source>
        <translation>日期如 2024-03-31；不填为今天。</translation>
    </message>
    <message>
        <source>Date of issue</source>
        <translation>发布日期</translation>
    </message>
    <message>
        <source>Date of signing</source>
        <translation>成文日期</translation>
    </message>
    <message>
        <source>Dates of assignments</source>
        <translation>责任日期</translation>
    </message>
    <message>
        <source>Datum</source>
        <translation>坐标基准</translation>
    </message>
    <message>
        <source>Day of the image</source>
        <translation>影像日期</translation>
    </message>
    <message>
        <source>Days of leave, training and fire-fighting</source>
        <translation>请假、培训和扑火的日期</translation>
    </message>
    <message>
        <source>Days or stretches, with commas: 2025-03-04, 2025-03-10..2025-03-12.</source>
        <translation>日期或时段，以逗号分隔：2025-03-04, 2025-03-10..2025-03-12。</translation>
    </message>
    <message>
        <source>Decide by field name and values</source>
        <translation>按字段名和字段值判断</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>核查人</translation>
    </message>
    <message>
        <source>Decided on</source>
        <translation>核查日期</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>核查结论清单</translation>
    </message>
    <message>
        <source>Decisions on candidates</source>
        <translation>疑似图斑核查结论</translation>
    </message>
    <message>
        <source>Declared to patrol together</source>
        <translation>已声明的联合巡护</translation>
    </message>
    <message>
        <source>Delete also months that nobody has judged; they cannot be judged afterwards.</source>
        <translation>没有判定过的月份也删除；删除后无法再判定。</translation>
    </message>
    <message>
        <source>Delineate basic units</source>
        <translation>划分基本单元</translation>
    </message>
    <message>
        <source>Delineate hills</source>
        <translation>划分山头</translation>
    </message>
    <message>
        <source>Describe the limits of grids (四至)</source>
        <translation>编写网格四至</translation>
    </message>
    <message>
        <source>Detect bare slopes</source>
        <translation>检测裸露山体</translation>
    </message>
    <message>
        <source>Deviation (percent)</source>
        <translation>偏差（%）</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Difference (official − drawn)</source>
        <translation>差值（填报－图形）</translation>
    </message>
    <message>
        <source>Disconnected grids</source>
        <translation>不连通网格</translation>
    </message>
    <message>
        <source>Divide afresh</source>
        <translation>重新划分</translation>
    </message>
    <message>
        <source>Dividing {n} townships.</source>
        <translation>正在划分 {n} 个乡镇。</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>依据文件</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>发文字号</translation>
    </message>
    <message>
        <source>Done (percent)</source>
        <translation>完成（%）</translation>
    </message>
    <message>
        <source>Doubtful sites</source>
        <translation>存疑图斑数</translation>
    </message>
    <message>
        <source>Doubtful traces</source>
        <translation>存疑轨迹</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草案</translation>
    </message>
    <message>
        <source>Drawing the hills …</source>
        <translation>正在绘制山头 …</translation>
    </message>
    <message>
        <source>Drawn, imported</source>
        <translation>图形面积，已导入</translation>
    </message>
    <message>
        <source>Drawn, whole file</source>
        <translation>图形面积，全部</translation>
    </message>
    <message>
        <source>Due at danger level {level}; nobody was there.</source>
        <translation>火险等级 {level}，应巡未巡。</translation>
    </message>
    <message>
        <source>Due now</source>
        <translation>本期应检</translation>
    </message>
    <message>
        <source>EVENTS has no field found_at; choose the table of events.</source>
        <translation>EVENTS 没有 found_at 字段；请选择事件表。</translation>
    </message>
    <message>
        <source>EVENTS has no places; skip HOTSPOTS or choose a layer of points.</source>
        <translation>EVENTS 没有位置；请略去 HOTSPOTS 或选择点图层。</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>编辑人</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>求解力度</translation>
    </message>
    <message>
        <source>Elements are nested deeper than tracks ever are; refused.</source>
        <translation>元素嵌套过深，轨迹文件不会如此；已拒绝。</translation>
    </message>
    <message>
        <source>Elevation (DEM)</source>
        <translation>高程（DEM）</translation>
    </message>
    <message>
        <source>Empty: as the rule set says.</source>
        <translation>留空：按规则集。</translation>
    </message>
    <message>
        <source>Empty: beside the workspace.</source>
        <translation>不填：放在工作区旁边。</translation>
    </message>
    <message>
        <source>Empty: stand_id, else the row number.</source>
        <translation>留空：stand_id，没有则用行号。</translation>
    </message>
    <message>
        <source>Empty: the county's CGCS2000 3° zone.</source>
        <translation>不填：本县的 CGCS2000 3°带。</translation>
    </message>
    <message>
        <source>Empty: the workspace's own column where the layer has it.</source>
        <translation>留空：图层有工作区同名列时取该列。</translation>
    </message>
    <message>
        <source>Empty: told by its name.</source>
        <translation>留空：由名称判断。</translation>
    </message>
    <message>
        <source>Enclaves</source>
        <translation>飞地</translation>
    </message>
    <message>
        <source>Enclaves (飞地): attached to the nearest grid</source>
        <translation>飞地：并入最近的网格</translation>
    </message>
    <message>
        <source>Enclaves that no link reaches</source>
        <translation>无法相连的飞地</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>文字编码</translation>
    </message>
    <message>
        <source>Encoding {name} is unknown; use auto, UTF-8, GBK or GB18030.</source>
        <translation>不认识编码 {name}；请用 auto、UTF-8、GBK 或 GB18030。</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Evaluate grids</source>
        <translation>评价网格</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Every forest stand in one grid</source>
        <translation>林地小班都在一个网格</translation>
    </message>
    <message>
        <source>Every grid keeps the hard rules.</source>
        <translation>各网格均符合硬性规则。</translation>
    </message>
    <message>
        <source>Every hill in charge</source>
        <translation>山头落到网格</translation>
    </message>
    <message>
        <source>Exempt days (bad weather)</source>
        <translation>豁免日（恶劣天气）</translation>
    </message>
    <message>
        <source>Explanation of the adjustment of the grids</source>
        <translation>网格调整说明</translation>
    </message>
    <message>
        <source>Export grids</source>
        <translation>导出网格</translation>
    </message>
    <message>
        <source>Export of {county}, {year}, as {profile}</source>
        <translation>{county} {year} 年导出（{profile}）</translation>
    </message>
    <message>
        <source>FIELD_MAP</source>
        <translation>FIELD_MAP</translation>
    </message>
    <message>
        <source>FIELD_MAP gives several fields the name {name}.</source>
        <translation>FIELD_MAP 给多个字段起了同一名称 {name}。</translation>
    </message>
    <message>
        <source>FIELD_MAP is no valid JSON ({reason}); write field=column; field=column.</source>
        <translation>FIELD_MAP 不是有效的 JSON（{reason}）；请写成 字段=列; 字段=列。</translation>
    </message>
    <message>
        <source>FIELD_MAP names the field {field}, which does not exist; use one of {fields}.</source>
        <translation>FIELD_MAP 中的字段 {field} 不存在；可用字段：{fields}。</translation>
    </message>
    <message>
        <source>FIELD_MAP takes {field} from column {column}, which the file lacks: {columns}.</source>
        <translation>FIELD_MAP 指定 {field} 取自列 {column}，但文件中没有该列：{columns}。</translation>
    </message>
    <message>
        <source>FIELD_MAP {text} lacks a =; write field=column; field=column.</source>
        <translation>FIELD_MAP“{text}”缺少等号；请写成 字段=列; 字段=列。</translation>
    </message>
    <message>
        <source>FIELD_MAP: {entry} is not ours=theirs; our fields are {names}.</source>
        <translation>FIELD_MAP：{entry} 不是“我方=对方”；我方字段有 {names}。</translation>
    </message>
    <message>
        <source>Factor of walking speed for each class, such as 1=0.6, 5=0; 0 is closed.</source>
        <translation>各地类步行速度系数，如 1=0.6, 5=0；0 为不可通行。</translation>
    </message>
    <message>
        <source>Fewest events of a hot spot</source>
        <translation>热点的最少事件数</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Field of grid codes</source>
        <translation>网格编号字段</translation>
    </message>
    <message>
        <source>Field of rangers (id or name)</source>
        <translation>护林员字段（编号或姓名）</translation>
    </message>
    <message>
        <source>Field with a draft to continue</source>
        <translation>起始草案字段</translation>
    </message>
    <message>
        <source>Field with last year's grid</source>
        <translation>上年网格字段</translation>
    </message>
    <message>
        <source>Field with the features' names</source>
        <translation>要素名称字段</translation>
    </message>
    <message>
        <source>Field with the person</source>
        <translation>人员字段</translation>
    </message>
    <message>
        <source>Field {field}, row {row}: {value} is no number; correct it.</source>
        <translation>字段 {field} 第 {row} 行：{value} 不是数；请改正。</translation>
    </message>
    <message>
        <source>Field {field}, row {row}: {value} is no whole number; correct it.</source>
        <translation>字段 {field} 第 {row} 行：{value} 不是整数；请更正。</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Fields of the file</source>
        <translation>文件字段对应</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File geodatabase</source>
        <translation>FileGDB</translation>
    </message>
    <message>
        <source>File name pattern</source>
        <translation>文件名格式</translation>
    </message>
    <message>
        <source>File name pattern {pattern} cannot be used ({reason}).</source>
        <translation>文件名格式 {pattern} 不能使用（{reason}）。</translation>
    </message>
    <message>
        <source>File name pattern {pattern} has no {{person}}; write it like {{person}}_*.</source>
        <translation>文件名格式 {pattern} 没有 {{person}}；请写成 {{person}}_* 的形式。</translation>
    </message>
    <message>
        <source>File or folder of traces</source>
        <translation>轨迹文件或文件夹</translation>
    </message>
    <message>
        <source>File {path} does not exist; check the path.</source>
        <translation>文件 {path} 不存在，请检查路径。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Fill gaps that are not forest, for maps</source>
        <translation>填补非林地空隙（制图用）</translation>
    </message>
    <message>
        <source>Fill the workspace with a made-up county, marked 示例.</source>
        <translation>填入虚构的示例县，处处标注“示例”。</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>First day of the period</source>
        <translation>时段首日</translation>
    </message>
    <message>
        <source>First hour to be covered</source>
        <translation>需覆盖的起始时刻</translation>
    </message>
    <message>
        <source>Fixes</source>
        <translation>定位点</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Flat bare ground taken along up to (m)</source>
        <translation>并入的平坦裸地最远距离（米）</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Following the slopes to their summits …</source>
        <translation>正沿坡向上追踪山顶 …</translation>
    </message>
    <message>
        <source>For all these towns together (tried): {request}.</source>
        <translation>这些乡镇合在一起可行的要求（已试算）：{request}。</translation>
    </message>
    <message>
        <source>For rows that do not say it themselves.</source>
        <translation>行内没写时采用。</translation>
    </message>
    <message>
        <source>For {percent} % of {minutes} minutes within {metre} m of the earlier track run backwards at the same pace.</source>
        <translation>{minutes} 分钟中有 {percent} % 与较早轨迹同速反向行走的位置相距不到 {metre} 米。</translation>
    </message>
    <message>
        <source>For {percent} % of {minutes} minutes within {metre} m of the other track played at {pace} times its pace.</source>
        <translation>{minutes} 分钟中有 {percent}% 的时间与另一轨迹以 {pace} 倍速度重放的位置相距 {metre} 米以内。</translation>
    </message>
    <message>
        <source>For {percent} % of {minutes} minutes within {metre} m of where the earlier track was the same time after its start.</source>
        <translation>{minutes} 分钟中有 {percent} % 与较早轨迹出发后同一时刻的位置相距不到 {metre} 米。</translation>
    </message>
    <message>
        <source>Forest area (mu)</source>
        <translation>林地面积（亩）</translation>
    </message>
    <message>
        <source>Forest chief office</source>
        <translation>林长办</translation>
    </message>
    <message>
        <source>Forest land</source>
        <translation>林地</translation>
    </message>
    <message>
        <source>Forest land of the workspace</source>
        <translation>工作区林地</translation>
    </message>
    <message>
        <source>Forest stands are in no grid: {ids}; assign them and adopt again.</source>
        <translation>以下林地小班没有网格：{ids}；请分配后再采用。</translation>
    </message>
    <message>
        <source>Forest that changes hands (mu)</source>
        <translation>调整的林地（亩）</translation>
    </message>
    <message>
        <source>Forest that changes hands (percent of mu)</source>
        <translation>调整的林地（占面积 %）</translation>
    </message>
    <message>
        <source>Forest that is in no grid now (mu)</source>
        <translation>现未入格的林地（亩）</translation>
    </message>
    <message>
        <source>Forest that may change hands (percent of mu)</source>
        <translation>允许调整的林地（占面积 %）</translation>
    </message>
    <message>
        <source>Forest that must change hands under the rules (percent of mu)</source>
        <translation>按规则必须调整的林地（占面积 %）</translation>
    </message>
    <message>
        <source>Forest that was in no grid (mu)</source>
        <translation>原未入格的林地（亩）</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Four limits written</source>
        <translation>四至齐全</translation>
    </message>
    <message>
        <source>From grid</source>
        <translation>调出网格</translation>
    </message>
    <message>
        <source>From grid to grid</source>
        <translation>网格间调整</translation>
    </message>
    <message>
        <source>Further figures</source>
        <translation>其他指标</translation>
    </message>
    <message>
        <source>GPX, KML/KMZ, CSV, XLSX, GeoJSON, SHP, GPKG, FIT, ZIP, or a folder of them.</source>
        <translation>GPX、KML/KMZ、CSV、XLSX、GeoJSON、SHP、GPKG、FIT、ZIP，或其文件夹。</translation>
    </message>
    <message>
        <source>GRIDS has grids without a stand: {codes}; remove them or assign stands.</source>
        <translation>GRIDS 中有没有小班的网格：{codes}；请删除或分配小班。</translation>
    </message>
    <message>
        <source>GRIDS has no field grid_code; choose the layer of management grids.</source>
        <translation>GRIDS 没有 grid_code 字段；请选择管护网格图层。</translation>
    </message>
    <message>
        <source>GRIDS has no field {field}; choose the layer of management grids.</source>
        <translation>GRIDS 没有字段 {field}；请选择管护网格图层。</translation>
    </message>
    <message>
        <source>GRIDS is a plan of {years}, not of {year}; give YEAR or make the plan for it.</source>
        <translation>GRIDS 是 {years} 年的方案，不是 {year} 年的；请改 YEAR 或重做方案。</translation>
    </message>
    <message>
        <source>GRIDS names persons who are no rangers on duty in {year}: {ids}.</source>
        <translation>GRIDS 中的人员不是 {year} 年在岗护林员：{ids}。</translation>
    </message>
    <message>
        <source>GRIDS names rangers that the workspace does not have: {ids}; import persons.</source>
        <translation>GRIDS 中的护林员不在工作区：{ids}；请先导入人员。</translation>
    </message>
    <message>
        <source>GRIDS, row {row}: grid_code is empty; number the grids.</source>
        <translation>GRIDS 第 {row} 行：grid_code 为空；请先编号。</translation>
    </message>
    <message>
        <source>GRIDS: grid_code {codes} occurs twice; number the grids anew.</source>
        <translation>GRIDS：grid_code {codes} 重复；请重新编号。</translation>
    </message>
    <message>
        <source>GRIDS: town_code is not that of the stands: {codes}; number the grids anew.</source>
        <translation>GRIDS：town_code 与小班所在乡镇不符：{codes}；请重新编号。</translation>
    </message>
    <message>
        <source>GRID_COUNT is {count}, but there are only {n} stands; lower it or split stands.</source>
        <translation>GRID_COUNT 为 {count}，但只有 {n} 个小班；请减少或切分小班。</translation>
    </message>
    <message>
        <source>Gap to the bound (percent)</source>
        <translation>与下界的差距（%）</translation>
    </message>
    <message>
        <source>Gentle ground with straight sides or in a plain, as fields and building plots are.</source>
        <translation>坡度平缓、边界平直或位于平地，似农田或建设地块。</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>Give CHECKS, or a WORKSPACE.</source>
        <translation>请给出 CHECKS 或 WORKSPACE。</translation>
    </message>
    <message>
        <source>Give DEM, or both NAMES and STANDS.</source>
        <translation>请给出 DEM，或同时给出 NAMES 和 STANDS。</translation>
    </message>
    <message>
        <source>Give FOREST, DEM or both.</source>
        <translation>请给出 FOREST、DEM 或两者。</translation>
    </message>
    <message>
        <source>Give GRIDS or WORKSPACE: there is nothing to be covered.</source>
        <translation>请给出 GRIDS 或 WORKSPACE：没有可计算覆盖的网格。</translation>
    </message>
    <message>
        <source>Give PERIOD_START and PERIOD_END: PLATFORM alone does not say them.</source>
        <translation>请填写 PERIOD_START 和 PERIOD_END：只有 PLATFORM 时无法确定期间。</translation>
    </message>
    <message>
        <source>Give PERIOD_START and PERIOD_END: they say which traces of the workspace.</source>
        <translation>请填写 PERIOD_START 和 PERIOD_END，以确定读取工作空间中哪段时间的轨迹。</translation>
    </message>
    <message>
        <source>Give RATES too: ATTENDANCE alone makes no notice.</source>
        <translation>请同时给出 RATES：只有 ATTENDANCE 不能生成通报。</translation>
    </message>
    <message>
        <source>Give SITES, or a WORKSPACE.</source>
        <translation>请给出 SITES 或 WORKSPACE。</translation>
    </message>
    <message>
        <source>Give a list in INPUT, or codes in SITE_CODES.</source>
        <translation>请在 INPUT 给出清单，或在 SITE_CODES 给出图斑编号。</translation>
    </message>
    <message>
        <source>Give a list in INPUT, or numbers in CANDIDATES.</source>
        <translation>请在 INPUT 给出清单，或在 CANDIDATES 给出疑似编号。</translation>
    </message>
    <message>
        <source>Give the plan with the least violations</source>
        <translation>给出违规最少的方案</translation>
    </message>
    <message>
        <source>Give {names}: there is nothing to assess.</source>
        <translation>请给出 {names}：没有可判定的内容。</translation>
    </message>
    <message>
        <source>Give {parameter}, or a WORKSPACE.</source>
        <translation>请给出 {parameter} 或 WORKSPACE。</translation>
    </message>
    <message>
        <source>Greatest forest area of a grid (mu)</source>
        <translation>网格林地面积上限（亩）</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Grid code {grid} is not county6 + town3 + W + number.</source>
        <translation>网格编号 {grid} 不符合“县 6 位＋乡镇 3 位＋W＋序号”。</translation>
    </message>
    <message>
        <source>Grid code {grid} names another town than its own, {town}.</source>
        <translation>网格编号 {grid} 与所属乡镇 {town} 不符。</translation>
    </message>
    <message>
        <source>Grid code {grid} occurs twice.</source>
        <translation>网格编号 {grid} 重复。</translation>
    </message>
    <message>
        <source>Grid code {grid} was retired in {retired} and is used again; give a new one.</source>
        <translation>网格编号 {grid} 已于 {retired} 年停用，又被使用；请用新编号。</translation>
    </message>
    <message>
        <source>Grid codes</source>
        <translation>网格编号</translation>
    </message>
    <message>
        <source>Grid maps</source>
        <translation>网格图</translation>
    </message>
    <message>
        <source>Grid {grid} crosses into {towns}: {mu} mu lie outside its town {town}.</source>
        <translation>网格 {grid} 跨入 {towns}：{mu} 亩不在所属乡镇 {town}。</translation>
    </message>
    <message>
        <source>Grid {grid} has no county chief.</source>
        <translation>网格 {grid} 没有区级林长。</translation>
    </message>
    <message>
        <source>Grid {grid} has no full-time ranger.</source>
        <translation>网格 {grid} 没有专职护林员。</translation>
    </message>
    <message>
        <source>Grid {grid} has no polygon.</source>
        <translation>网格 {grid} 没有图形。</translation>
    </message>
    <message>
        <source>Grid {grid} has no ranger.</source>
        <translation>网格 {grid} 没有护林员。</translation>
    </message>
    <message>
        <source>Grid {grid} has no supervisor.</source>
        <translation>网格 {grid} 没有监管员。</translation>
    </message>
    <message>
        <source>Grid {grid} has no town chief.</source>
        <translation>网格 {grid} 没有镇级林长。</translation>
    </message>
    <message>
        <source>Grid {grid} has no village chief.</source>
        <translation>网格 {grid} 没有村级林长。</translation>
    </message>
    <message>
        <source>Grid {grid} has several full-time rangers at a time: {ids}.</source>
        <translation>网格 {grid} 同期有多名专职护林员：{ids}。</translation>
    </message>
    <message>
        <source>Grid {grid} has several full-time rangers.</source>
        <translation>网格 {grid} 有多名专职护林员。</translation>
    </message>
    <message>
        <source>Grid {grid} has {mu} mu, less than {bound}.</source>
        <translation>网格 {grid} 面积 {mu} 亩，少于 {bound} 亩。</translation>
    </message>
    <message>
        <source>Grid {grid} has {mu} mu, more than {bound}.</source>
        <translation>网格 {grid} 面积 {mu} 亩，多于 {bound} 亩。</translation>
    </message>
    <message>
        <source>Grid {grid} is in charge of hill {hill}, which does not exist.</source>
        <translation>网格 {grid} 负责的山头 {hill} 不存在。</translation>
    </message>
    <message>
        <source>Grid {grid}: {sides} not written.</source>
        <translation>网格 {grid}：{sides}未填写。</translation>
    </message>
    <message>
        <source>Grid {grid}: {written} mu written, its stands have {mu} (difference {gap}).</source>
        <translation>网格 {grid}：登记 {written} 亩，小班合计 {mu} 亩（差值 {gap}）。</translation>
    </message>
    <message>
        <source>Grid {n}.</source>
        <translation>第 {n} 网格。</translation>
    </message>
    <message>
        <source>Grids</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Grids (mu)</source>
        <translation>网格（亩）</translation>
    </message>
    <message>
        <source>Grids after</source>
        <translation>调整后网格</translation>
    </message>
    <message>
        <source>Grids before</source>
        <translation>调整前网格</translation>
    </message>
    <message>
        <source>Grids cross a town boundary: {codes}; a grid lies in one town.</source>
        <translation>网格跨乡镇：{codes}；一个网格只在一个乡镇。</translation>
    </message>
    <message>
        <source>Grids in one piece</source>
        <translation>网格成片</translation>
    </message>
    <message>
        <source>Grids lie over each other here; grid {grid} is one.</source>
        <translation>此处网格重叠，网格 {grid} 是其中之一。</translation>
    </message>
    <message>
        <source>Grids of the year (empty: the workspace's)</source>
        <translation>本年度网格（留空取工作区）</translation>
    </message>
    <message>
        <source>Grids of {year}.</source>
        <translation>{year}年的网格。</translation>
    </message>
    <message>
        <source>Grids that cross a town's border</source>
        <translation>跨乡镇网格</translation>
    </message>
    <message>
        <source>Grids that end</source>
        <translation>撤销的网格</translation>
    </message>
    <message>
        <source>Grids that go on under their code</source>
        <translation>沿用编号的网格</translation>
    </message>
    <message>
        <source>Grids that keep half of last year's forest keep its code</source>
        <translation>保留上年林地一半以上的网格沿用其编号</translation>
    </message>
    <message>
        <source>Grids whose ranger has left</source>
        <translation>护林员已离岗的网格</translation>
    </message>
    <message>
        <source>Grids with a ranger</source>
        <translation>有护林员的网格</translation>
    </message>
    <message>
        <source>Grids with another ranger</source>
        <translation>更换护林员的网格</translation>
    </message>
    <message>
        <source>Grids with flags</source>
        <translation>有提示的网格</translation>
    </message>
    <message>
        <source>Grids without a ranger</source>
        <translation>没有护林员的网格</translation>
    </message>
    <message>
        <source>Grids without any change</source>
        <translation>没有变动的网格</translation>
    </message>
    <message>
        <source>Grids {first} and {second} overlap by {area} m².</source>
        <translation>网格 {first} 与 {second} 重叠 {area} 平方米。</translation>
    </message>
    <message>
        <source>Ground to leave out</source>
        <translation>应排除的地面</translation>
    </message>
    <message>
        <source>Half width of excluded lines (m)</source>
        <translation>排除线状地物的半宽（米）</translation>
    </message>
    <message>
        <source>Heat: minutes a cell</source>
        <translation>热度：每像元分钟数</translation>
    </message>
    <message>
        <source>Hexagons</source>
        <translation>六边形</translation>
    </message>
    <message>
        <source>High-speed railways</source>
        <translation>高速铁路</translation>
    </message>
    <message>
        <source>Hill {hill} belongs to no grid.</source>
        <translation>山头 {hill} 未落到任何网格。</translation>
    </message>
    <message>
        <source>Hill {hill}: the grids' shares add up to {percent} %, not 100 %.</source>
        <translation>山头 {hill}：各网格份额合计 {percent} %，不是 100 %。</translation>
    </message>
    <message>
        <source>Hills</source>
        <translation>山头</translation>
    </message>
    <message>
        <source>Hills (empty: the workspace's)</source>
        <translation>山头（留空取工作区）</translation>
    </message>
    <message>
        <source>Hills and grids have different CRSs; reproject one of them.</source>
        <translation>山头与网格的坐标参考系不同；请将其一重投影。</translation>
    </message>
    <message>
        <source>Hills need a DEM; give DEM or choose another METHOD.</source>
        <translation>划分山头需要 DEM；请给出 DEM 或另选 METHOD。</translation>
    </message>
    <message>
        <source>Hills that nobody answers for</source>
        <translation>无人负责的山头</translation>
    </message>
    <message>
        <source>Hills that two answer for</source>
        <translation>责任重复的山头</translation>
    </message>
    <message>
        <source>Hills where a supervisor or chief is missing</source>
        <translation>监管员或林长不全的山头</translation>
    </message>
    <message>
        <source>Hills with key places</source>
        <translation>有重点部位的山头</translation>
    </message>
    <message>
        <source>Homes</source>
        <translation>住址</translation>
    </message>
    <message>
        <source>Hour at which the need ends</source>
        <translation>需覆盖的结束时刻</translation>
    </message>
    <message>
        <source>Hours nobody is left for</source>
        <translation>无人可补的小时数</translation>
    </message>
    <message>
        <source>Hours to be filled</source>
        <translation>需补岗的小时数</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>影像</translation>
    </message>
    <message>
        <source>Image after</source>
        <translation>后期影像</translation>
    </message>
    <message>
        <source>Image before</source>
        <translation>前期影像</translation>
    </message>
    <message>
        <source>Image {file} does not cover any of the areas; choose one that does.</source>
        <translation>影像 {file} 未覆盖任何区域；请选择覆盖的影像。</translation>
    </message>
    <message>
        <source>Image {file} does not lie in square metres: its nearest cells were taken on {cell:.2f} m.</source>
        <translation>影像 {file} 不是以米为单位的正方形像元：已按最邻近像元取到 {cell:.2f} m 格网。</translation>
    </message>
    <message>
        <source>Image {file} must be projected in metres with square cells; warp it to the county's zone first.</source>
        <translation>影像 {file} 须为以米为单位的投影坐标且像元为正方形；请先重投影到县域所在带。</translation>
    </message>
    <message>
        <source>Import attendance of the platform</source>
        <translation>导入平台出勤</translation>
    </message>
    <message>
        <source>Import boundaries</source>
        <translation>导入行政界线</translation>
    </message>
    <message>
        <source>Import check-ins of cadres and volunteers</source>
        <translation>导入干部、党员、志愿者签到</translation>
    </message>
    <message>
        <source>Import checks and acceptances</source>
        <translation>导入检查与验收</translation>
    </message>
    <message>
        <source>Import events</source>
        <translation>导入事件</translation>
    </message>
    <message>
        <source>Import hills and people in charge</source>
        <translation>导入包山包人清单</translation>
    </message>
    <message>
        <source>Import last year's grids</source>
        <translation>导入上年网格</translation>
    </message>
    <message>
        <source>Import leave and exempt days</source>
        <translation>导入请假与免巡</translation>
    </message>
    <message>
        <source>Import objections to a notice</source>
        <translation>导入通报申诉</translation>
    </message>
    <message>
        <source>Import of attendance</source>
        <translation>平台出勤导入</translation>
    </message>
    <message>
        <source>Import of bare slopes: {layer}</source>
        <translation>裸露山体导入：{layer}</translation>
    </message>
    <message>
        <source>Import of boundaries: {layer}</source>
        <translation>行政界线导入：{layer}</translation>
    </message>
    <message>
        <source>Import of check-ins</source>
        <translation>签到导入</translation>
    </message>
    <message>
        <source>Import of checks: {layer}</source>
        <translation>导入检查：{layer}</translation>
    </message>
    <message>
        <source>Import of events</source>
        <translation>事件导入</translation>
    </message>
    <message>
        <source>Import of hills and people in charge: {layer}</source>
        <translation>导入包山包人清单：{layer}</translation>
    </message>
    <message>
        <source>Import of last year's grids: {layer}</source>
        <translation>上年网格导入：{layer}</translation>
    </message>
    <message>
        <source>Import of leave and exempt days</source>
        <translation>请假与免巡导入</translation>
    </message>
    <message>
        <source>Import of objections</source>
        <translation>申诉导入</translation>
    </message>
    <message>
        <source>Import of persons: {layer}</source>
        <translation>人员导入：{layer}</translation>
    </message>
    <message>
        <source>Import of stands: {layer}</source>
        <translation>小班导入：{layer}</translation>
    </message>
    <message>
        <source>Import patrol traces</source>
        <translation>导入巡护轨迹</translation>
    </message>
    <message>
        <source>Import persons</source>
        <translation>导入人员</translation>
    </message>
    <message>
        <source>Import stands</source>
        <translation>导入小班</translation>
    </message>
    <message>
        <source>Import the register of bare slopes</source>
        <translation>导入裸露山体台账</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Imported stands, where there is no workspace: towns and homes come from them.</source>
        <translation>没有工作区时填导入后的小班：由此得到乡镇和推定住址。</translation>
    </message>
    <message>
        <source>Incorrect value of {name}</source>
        <translation>{name} 的值不正确</translation>
    </message>
    <message>
        <source>Inputs that may come later</source>
        <translation>可以以后补充的资料</translation>
    </message>
    <message>
        <source>Is green (mu)</source>
        <translation>已绿（亩）</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>发文单位</translation>
    </message>
    <message>
        <source>It begins in mid-stride {seconds} s after the other's track stopped in mid-stride, {metre} m away: one phone for two.</source>
        <translation>对方轨迹在行进中中断 {seconds} 秒后，本轨迹在 {metre} 米处于行进中开始：疑似一机两人。</translation>
    </message>
    <message>
        <source>It does not lie on both images; choose ones that cover it.</source>
        <translation>图斑不在两期影像范围内；请选择能覆盖它的影像。</translation>
    </message>
    <message>
        <source>It looks like what is masked as {kind} here, more than like a bare slope.</source>
        <translation>与本影像中按“{kind}”排除的地块相近，甚于裸露山体。</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Item {item} is not known; known are {known}.</source>
        <translation>项目 {item} 不认识；可用的有 {known}。</translation>
    </message>
    <message>
        <source>Its events and names are used where EVENTS is empty.</source>
        <translation>EVENTS 为空时使用其中的事件和姓名。</translation>
    </message>
    <message>
        <source>Its grids, cadres and volunteers are used where no layer is given.</source>
        <translation>没有给出图层时使用其中的网格、干部和志愿者。</translation>
    </message>
    <message>
        <source>Its traces, grids, persons and registers are used where no layer is given; empty: that of the open project where there are no traces either.</source>
        <translation>没有给出图层时使用其中的轨迹、网格、人员和登记表；空且没有给出轨迹时为当前项目的工作空间。</translation>
    </message>
    <message>
        <source>Its workers must see the workspace's folder under the same path.</source>
        <translation>各计算节点须能以同一路径访问工作空间所在文件夹。</translation>
    </message>
    <message>
        <source>Judged mistaken before</source>
        <translation>曾判误判</translation>
    </message>
    <message>
        <source>KIND {kind} is no kind of check; write 验收 or 3个月检查.</source>
        <translation>KIND“{kind}”不是检查类别，请写“验收”或“3个月检查”。</translation>
    </message>
    <message>
        <source>KML, a file a ranger</source>
        <translation>KML（一名护林员一个文件）</translation>
    </message>
    <message>
        <source>KNOWN has no field site_code; choose the register of bare slopes.</source>
        <translation>KNOWN 没有 site_code 字段；请选择裸露山体台账。</translation>
    </message>
    <message>
        <source>Keep no hours at home</source>
        <translation>不保存在家时段</translation>
    </message>
    <message>
        <source>Kept: younger than the rule's {months} months.</source>
        <translation>保留：未满规则规定的 {months} 个月。</translation>
    </message>
    <message>
        <source>Key fire periods</source>
        <translation>防火重点期</translation>
    </message>
    <message>
        <source>Key risk zones</source>
        <translation>重点风险区</translation>
    </message>
    <message>
        <source>Kind of check</source>
        <translation>检查类别</translation>
    </message>
    <message>
        <source>Known sites, not grown</source>
        <translation>台账已有且未扩大</translation>
    </message>
    <message>
        <source>LANDCOVER cannot be opened as a raster; check the path.</source>
        <translation>LANDCOVER 无法作为栅格打开；请检查路径。</translation>
    </message>
    <message>
        <source>LANDCOVER needs COVER_SPEED, the speed in each class, such as 1=0.6, 5=0.</source>
        <translation>给出 LANDCOVER 时还须填写 COVER_SPEED（各地类的速度系数），如 1=0.6, 5=0。</translation>
    </message>
    <message>
        <source>LIMITS: {word} cannot be read; write it like 01=24.</source>
        <translation>LIMITS：{word} 无法读取；请写成 01=24 的形式。</translation>
    </message>
    <message>
        <source>Land class</source>
        <translation>地类</translation>
    </message>
    <message>
        <source>Land class codes</source>
        <translation>地类代码体系</translation>
    </message>
    <message>
        <source>Land classes</source>
        <translation>地类</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>土地覆盖</translation>
    </message>
    <message>
        <source>Langmuir 1984 (Naismith with descents, as r.walk)</source>
        <translation>Langmuir 1984（计下坡，同 r.walk）</translation>
    </message>
    <message>
        <source>Last day of the period</source>
        <translation>时段末日</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>上次结果</translation>
    </message>
    <message>
        <source>Last year's grid {code} lay in {n} parts of town {town} that no link joins: it goes on where {here} mu of it lie, the other {rest} mu go to grids that reach them.</source>
        <translation>上年网格 {code} 分在乡镇 {town} 互不相连的 {n} 片：在其中 {here} 亩所在的一片延续，其余 {rest} 亩划给能够到达的网格。</translation>
    </message>
    <message>
        <source>Last year's grids</source>
        <translation>上年网格</translation>
    </message>
    <message>
        <source>Last year's grids (for rangers' names)</source>
        <translation>上年网格（取护林员姓名）</translation>
    </message>
    <message>
        <source>Last year's plan is that of {previous}; {year} has {own}.</source>
        <translation>上年方案为 {previous} 年；{year} 年{own}。</translation>
    </message>
    <message>
        <source>Law of walking</source>
        <translation>步行规律</translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system and seems to hold northing before easting; swap x and y, then set one of: {candidates}.</source>
        <translation>图层 {layer} 没有坐标系，且似乎纵横坐标颠倒；请交换 x、y 后再指定：{candidates}。</translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system, and its coordinates ({x}, {y}) fit none used in China; find out which it is and set it.</source>
        <translation>图层 {layer} 没有坐标系，坐标（{x}, {y}）也不符合国内常用坐标系；请查明后指定。</translation>
    </message>
    <message>
        <source>Layer {layer} has no coordinate reference system; by its coordinates it is likely one of: {candidates}. Set it in the layer's properties or in CRS.</source>
        <translation>图层 {layer} 没有坐标系；按坐标值可能是：{candidates}。请在图层属性或 CRS 参数中指定。</translation>
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
        <translation>图层 {layer} 完全没有图形，请另选。</translation>
    </message>
    <message>
        <source>Layer {layer} has no usable grid polygon; see its codes and shapes.</source>
        <translation>图层 {layer} 没有可用的网格面，请检查编号和图形。</translation>
    </message>
    <message>
        <source>Layer {layer} has no usable polygon: row 1 {reason}.</source>
        <translation>图层 {layer} 没有可用的面：第 1 行{reason}。</translation>
    </message>
    <message>
        <source>Layer {layer} holds no fix that can be used: {reason}</source>
        <translation>图层 {layer} 没有可用的定位点：{reason}</translation>
    </message>
    <message>
        <source>Layer {layer} of {path} cannot be opened by QGIS.</source>
        <translation>QGIS 打不开 {path} 的图层 {layer}。</translation>
    </message>
    <message>
        <source>Layer {layer}: row {row} has a coordinate that is no number; repair its geometry.</source>
        <translation>图层 {layer}：第 {row} 行的坐标不是数字；请修复其图形。</translation>
    </message>
    <message>
        <source>Layer {layer}: row {row} lies at {x}, {y}, which are no degrees, but its coordinate reference system {crs} is in degrees; set the right one (CGCS2000: a 3° zone such as EPSG:4547).</source>
        <translation>图层 {layer}：第 {row} 行位于 {x}, {y}，不是经纬度，而其坐标参照系 {crs} 以度为单位；请设置正确的坐标参照系（CGCS2000：3 度带，如 EPSG:4547）。</translation>
    </message>
    <message>
        <source>Laying out {name}.</source>
        <translation>正在排版：{name}。</translation>
    </message>
    <message>
        <source>Laying {n} grids over the stands …</source>
        <translation>正在将 {n} 个网格与小班叠加……</translation>
    </message>
    <message>
        <source>Least area of a hill (mu)</source>
        <translation>山头最小面积（亩）</translation>
    </message>
    <message>
        <source>Least area of a site (m²)</source>
        <translation>图斑最小面积（平方米）</translation>
    </message>
    <message>
        <source>Least confidence of a candidate (0 … 1)</source>
        <translation>疑似图斑的最低可信度（0–1）</translation>
    </message>
    <message>
        <source>Least forest area of a grid (mu)</source>
        <translation>网格林地面积下限（亩）</translation>
    </message>
    <message>
        <source>Least prominence (m)</source>
        <translation>最小相对高差（米）</translation>
    </message>
    <message>
        <source>Leave, training, fire-fighting, bad weather</source>
        <translation>请假、培训、扑火、恶劣天气</translation>
    </message>
    <message>
        <source>Left out as {layer}: {area:.1f} ha.</source>
        <translation>按 {layer} 排除：{area:.1f} 公顷。</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Lies in no grid.</source>
        <translation>不在任何网格。</translation>
    </message>
    <message>
        <source>Like 2025-03-01: only events found in the period; empty: all.</source>
        <translation>如 2025-03-01：只计期内发现的事件；空为全部。</translation>
    </message>
    <message>
        <source>Like 2025-03-01; empty: the whole months of PATROL_DAYS.</source>
        <translation>如 2025-03-01；空为 PATROL_DAYS 涉及的整月。</translation>
    </message>
    <message>
        <source>Like 2025-03-01; empty: the whole months of the traces. Needed where the traces are those of the workspace.</source>
        <translation>如 2025-03-01；空为轨迹涉及的整月。读取工作空间中的轨迹时必填。</translation>
    </message>
    <message>
        <source>Like 2025-03.</source>
        <translation>如 2025-03。</translation>
    </message>
    <message>
        <source>Like 2025-03; empty: the latest month of the attendance.</source>
        <translation>如 2025-03；留空为出勤表最近一月。</translation>
    </message>
    <message>
        <source>Like 2025-04-02; empty: none.</source>
        <translation>如 2025-04-02；空为不填。</translation>
    </message>
    <message>
        <source>Limits to close (hours)</source>
        <translation>办结时限（小时）</translation>
    </message>
    <message>
        <source>Linking cells by walking time …</source>
        <translation>正在按步行时间连接像元 …</translation>
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
        <source>List</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>List to be filled in</source>
        <translation>待填核查清单</translation>
    </message>
    <message>
        <source>List to be printed</source>
        <translation>打印清单</translation>
    </message>
    <message>
        <source>List to be signed</source>
        <translation>签字清单</translation>
    </message>
    <message>
        <source>List what would go and delete nothing.</source>
        <translation>只列出将要清理的内容，不删除。</translation>
    </message>
    <message>
        <source>Load plan</source>
        <translation>载入方案</translation>
    </message>
    <message>
        <source>Lock field (0 free, 1 stays, 2 grid closed)</source>
        <translation>锁定字段（0 自由，1 不动，2 网格封闭）</translation>
    </message>
    <message>
        <source>Longest shift (hours)</source>
        <translation>单班最长（小时）</translation>
    </message>
    <message>
        <source>Longest silence bridged (minutes)</source>
        <translation>可补接的最长无信号（分钟）</translation>
    </message>
    <message>
        <source>Longest walk (minutes)</source>
        <translation>最长步行（分钟）</translation>
    </message>
    <message>
        <source>Longitude and latitude seem to have changed places: the position lies in the Arctic Sea; swap the two columns.</source>
        <translation>经度与纬度似乎颠倒：该位置落在北冰洋，请对调这两列。</translation>
    </message>
    <message>
        <source>Longitude must lie within ±180° and latitude within ±90°.</source>
        <translation>经度须在 ±180° 之内，纬度须在 ±90° 之内。</translation>
    </message>
    <message>
        <source>Longitude {lon}, latitude {lat} is no place on earth; check the layer's CRS.</source>
        <translation>经度 {lon}、纬度 {lat} 不在地球上，请检查图层坐标系。</translation>
    </message>
    <message>
        <source>Looking for bare ground …</source>
        <translation>正在查找裸露地 …</translation>
    </message>
    <message>
        <source>Looking for neighbouring stands.</source>
        <translation>正在查找相邻小班。</translation>
    </message>
    <message>
        <source>Looking for overlaps …</source>
        <translation>正在查找重叠……</translation>
    </message>
    <message>
        <source>Looking for what {n} townships could keep.</source>
        <translation>正在试算 {n} 个乡镇可行的要求。</translation>
    </message>
    <message>
        <source>Looking from {n} places …</source>
        <translation>正从 {n} 处观察 …</translation>
    </message>
    <message>
        <source>MIN_MU {low} is above MAX_MU {high}; exchange them.</source>
        <translation>MIN_MU {low} 大于 MAX_MU {high}；请互换。</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制图单位</translation>
    </message>
    <message>
        <source>Management grids</source>
        <translation>管护网格</translation>
    </message>
    <message>
        <source>Mask {layer} is empty.</source>
        <translation>掩膜 {layer} 为空。</translation>
    </message>
    <message>
        <source>Masks may lie off by (m)</source>
        <translation>排除面边界允许误差（m）</translation>
    </message>
    <message>
        <source>Matching posts with last year's grids.</source>
        <translation>正在将岗位与上年网格对应。</translation>
    </message>
    <message>
        <source>Mean compactness</source>
        <translation>平均紧凑度</translation>
    </message>
    <message>
        <source>Mean deviation (percent)</source>
        <translation>平均偏差（%）</translation>
    </message>
    <message>
        <source>Mean deviation of workload (percent)</source>
        <translation>工作量平均偏差（%）</translation>
    </message>
    <message>
        <source>Mean walk (minutes)</source>
        <translation>平均步行时间（分钟）</translation>
    </message>
    <message>
        <source>Mean walk from home to the grid (minutes)</source>
        <translation>住址到网格平均步行（分钟）</translation>
    </message>
    <message>
        <source>Measuring distances …</source>
        <translation>正在量算距离 …</translation>
    </message>
    <message>
        <source>Measuring prominences …</source>
        <translation>正在量算相对高差 …</translation>
    </message>
    <message>
        <source>Measuring the workload.</source>
        <translation>正在计算工作量。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Migrate workspace</source>
        <translation>升级工作区</translation>
    </message>
    <message>
        <source>Minutes of a visit</source>
        <translation>一次到访的分钟数</translation>
    </message>
    <message>
        <source>Minutes that keeping last year's hill is worth</source>
        <translation>保留上年山场折合的分钟数</translation>
    </message>
    <message>
        <source>Mistaken</source>
        <translation>误判</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Moment (mu km²)</source>
        <translation>惯性矩（亩·平方公里）</translation>
    </message>
    <message>
        <source>Moment about the grids' centres (mu km²)</source>
        <translation>绕网格中心的惯性矩（亩·平方公里）</translation>
    </message>
    <message>
        <source>Moment at which open events are overdue; empty: the latest time in the events.</source>
        <translation>未结事件按此时刻判定超期；留空取事件中最晚的时间。</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Monthly notice of patrols</source>
        <translation>巡护履职情况通报</translation>
    </message>
    <message>
        <source>Months of sample traces</source>
        <translation>示例轨迹月数</translation>
    </message>
    <message>
        <source>More than 9,999 new sites in one year; raise MIN_AREA_M2.</source>
        <translation>一年新增图斑超过 9,999 处；请提高 MIN_AREA_M2。</translation>
    </message>
    <message>
        <source>Motorways</source>
        <translation>高速公路</translation>
    </message>
    <message>
        <source>Move bare slopes through their life cycle</source>
        <translation>裸露山体状态流转</translation>
    </message>
    <message>
        <source>Moved by</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>Moved on</source>
        <translation>流转日期</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>流转</translation>
    </message>
    <message>
        <source>Moves of bare slopes</source>
        <translation>裸露山体状态流转</translation>
    </message>
    <message>
        <source>Must change (percent of mu)</source>
        <translation>必须调整（占面积 %）</translation>
    </message>
    <message>
        <source>NAMES has no point with a name in {field}.</source>
        <translation>NAMES 的 {field} 中没有带名称的点。</translation>
    </message>
    <message>
        <source>NDVI of bare soil</source>
        <translation>裸土的 NDVI</translation>
    </message>
    <message>
        <source>NDVI of full canopy</source>
        <translation>满覆盖林冠的 NDVI</translation>
    </message>
    <message>
        <source>NDVI_SOIL must lie below NDVI_CANOPY.</source>
        <translation>NDVI_SOIL 必须小于 NDVI_CANOPY。</translation>
    </message>
    <message>
        <source>Naismith 1892 (ascent only)</source>
        <translation>Naismith 1892（只计爬升）</translation>
    </message>
    <message>
        <source>Name field</source>
        <translation>名称字段</translation>
    </message>
    <message>
        <source>Name of a shipped rule set (zhanggong2021, xinhuang, dachuan, distance, tenday), a JSON file, or a set stored in the workspace.</source>
        <translation>自带规则集名称（zhanggong2021、xinhuang、dachuan、distance、tenday）、JSON 文件，或工作区中保存的规则集。</translation>
    </message>
    <message>
        <source>Name of the image</source>
        <translation>影像名称</translation>
    </message>
    <message>
        <source>Names of towns</source>
        <translation>镇（街道）名称表</translation>
    </message>
    <message>
        <source>National and provincial roads</source>
        <translation>国道和省道</translation>
    </message>
    <message>
        <source>Near is within (m)</source>
        <translation>视为附近的距离（米）</translation>
    </message>
    <message>
        <source>New grids</source>
        <translation>新设网格</translation>
    </message>
    <message>
        <source>New sites</source>
        <translation>新增图斑</translation>
    </message>
    <message>
        <source>New status</source>
        <translation>新状态</translation>
    </message>
    <message>
        <source>New year</source>
        <translation>新年度</translation>
    </message>
    <message>
        <source>No DEM: distance stands for visibility, which is coarser.</source>
        <translation>没有 DEM：以距离代替可视性，结果较粗。</translation>
    </message>
    <message>
        <source>No DEM: hills follow stands around their names, without heights.</source>
        <translation>没有 DEM：山头按名称周围的小班划分，不含高程。</translation>
    </message>
    <message>
        <source>No DEM: walking times follow a straight line with a detour factor.</source>
        <translation>没有 DEM：步行时间按直线距离乘绕行系数。</translation>
    </message>
    <message>
        <source>No Python interpreter was found beside QGIS ({prefix}); repair the installation.</source>
        <translation>在 QGIS 旁未找到 Python 解释器（{prefix}）；请修复安装。</translation>
    </message>
    <message>
        <source>No ROADS: far and near stands count alike.</source>
        <translation>没有 ROADS：远近小班同等计算。</translation>
    </message>
    <message>
        <source>No TOWN_FIELD was given: the whole layer is divided as one town.</source>
        <translation>未给 TOWN_FIELD：整个图层按一个乡镇划分。</translation>
    </message>
    <message>
        <source>No VILLAGE_FIELD: villages are not kept together.</source>
        <translation>没有 VILLAGE_FIELD：不按村保持完整。</translation>
    </message>
    <message>
        <source>No check can be taken: {reason}</source>
        <translation>没有可用的检查记录：{reason}</translation>
    </message>
    <message>
        <source>No day of the period lies in a key period at this danger level.</source>
        <translation>时段内没有一天既在重点期又达到该火险等级。</translation>
    </message>
    <message>
        <source>No decision can be taken: {reason}</source>
        <translation>没有可用的核查结论：{reason}</translation>
    </message>
    <message>
        <source>No event was found from {start} to {end}; choose another period.</source>
        <translation>{start} 至 {end} 没有发现事件；请另选期间。</translation>
    </message>
    <message>
        <source>No figures for: {items}; their weight was shared out.</source>
        <translation>以下项目没有数据：{items}；其权重已分摊到其余项目。</translation>
    </message>
    <message>
        <source>No forest layer: the whole DEM is divided.</source>
        <translation>没有森林图层：划分整个 DEM。</translation>
    </message>
    <message>
        <source>No forest lies under the cells; check that both layers overlap.</source>
        <translation>像元下没有森林；请检查两个图层是否重叠。</translation>
    </message>
    <message>
        <source>No grid across towns</source>
        <translation>网格不跨乡镇</translation>
    </message>
    <message>
        <source>No grid, road or village to compare with.</source>
        <translation>没有可对照的网格、道路或村庄。</translation>
    </message>
    <message>
        <source>No origin lies on the DEM; check that both cover the same area.</source>
        <translation>DEM 上没有任何起点；请检查两者范围是否一致。</translation>
    </message>
    <message>
        <source>No overlaps and gaps</source>
        <translation>无重叠、无漏划</translation>
    </message>
    <message>
        <source>No own grid is known; the place was not judged.</source>
        <translation>不知其责任网格；未判定地点。</translation>
    </message>
    <message>
        <source>No patrol counts in the period: there is no heat to be drawn.</source>
        <translation>该时段没有计入的巡护，未生成热力图。</translation>
    </message>
    <message>
        <source>No patrol from {a} to {b}; nobody is left to fill it.</source>
        <translation>{a} 至 {b} 无人巡护，也无人可补。</translation>
    </message>
    <message>
        <source>No patrol from {a} to {b}; to be filled.</source>
        <translation>{a} 至 {b} 无人巡护，需补岗。</translation>
    </message>
    <message>
        <source>No patrol has a start and an end that can be read.</source>
        <translation>没有一次巡护的起止时间可以读取。</translation>
    </message>
    <message>
        <source>No phones, no stand numbers, no names whose publication was not agreed to.</source>
        <translation>不含电话、小班号，未同意公示的姓名不出现。</translation>
    </message>
    <message>
        <source>No railway, road, town or scenic spot was given: all rank alike.</source>
        <translation>未给铁路、公路、城镇或景区：全部同级排序。</translation>
    </message>
    <message>
        <source>No ranger's home is known: walking times are left out.</source>
        <translation>护林员住址不明：不计步行时间。</translation>
    </message>
    <message>
        <source>No reference areas, and the images show too little unchanged ground: season and haze are not evened out.</source>
        <translation>未给未变化区，影像中未变化地面也过少：季节与雾霾差异未消除。</translation>
    </message>
    <message>
        <source>No reference areas: {n} cells were found that did not change between the images, and these were evened out on them; draw REFERENCE to be surer.</source>
        <translation>未给未变化区：从前后影像中找到 {n} 个未变化像元用于归一；绘制 REFERENCE 更可靠。</translation>
    </message>
    <message>
        <source>No roads: everybody walks off paths.</source>
        <translation>没有道路：均按无路步行。</translation>
    </message>
    <message>
        <source>No row of the register can be used: {reason}.</source>
        <translation>台账没有可用的行：{reason}。</translation>
    </message>
    <message>
        <source>No row of {layer} names a stand of the workspace; compare the ids.</source>
        <translation>{layer} 没有一行对应工作区中的小班，请核对标识。</translation>
    </message>
    <message>
        <source>No site was moved: {reason}</source>
        <translation>没有图斑可以流转：{reason}</translation>
    </message>
    <message>
        <source>No slope (DEM or slope field): steep and flat stands count alike.</source>
        <translation>没有坡度（DEM 或坡度字段）：陡坡与平地小班同等计算。</translation>
    </message>
    <message>
        <source>No slope (PO_DU): without a DEM every stand counts as flat, so workload is area times access only.</source>
        <translation>没有坡度（PO_DU）：若无 DEM，各小班按平坡计，工作量只反映面积和交通。</translation>
    </message>
    <message>
        <source>No town or village of the workspace has grids of {year}.</source>
        <translation>工作区中没有一个镇或村有 {year} 年的网格。</translation>
    </message>
    <message>
        <source>No workspace: choose one in WORKSPACE or open the project of a workspace.</source>
        <translation>没有工作区：请在 WORKSPACE 中选择，或打开某个工作区的工程。</translation>
    </message>
    <message>
        <source>Not supported yet; use STORE.</source>
        <translation>暂不支持；请用 STORE。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Nothing is left out: villages and fields look like bare slopes; give EXCLUDE.</source>
        <translation>未排除任何地面：村庄和农田与裸露山体相似；请给出 EXCLUDE。</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>Notice (DOCX)</source>
        <translation>通报（DOCX）</translation>
    </message>
    <message>
        <source>Notice (XLSX)</source>
        <translation>通报（XLSX）</translation>
    </message>
    <message>
        <source>Number grids</source>
        <translation>网格编号</translation>
    </message>
    <message>
        <source>Number of events</source>
        <translation>事件数</translation>
    </message>
    <message>
        <source>Number of findings</source>
        <translation>发现数</translation>
    </message>
    <message>
        <source>Number of fixes</source>
        <translation>定位点数</translation>
    </message>
    <message>
        <source>Number of grids where there are no rangers</source>
        <translation>没有护林员时的网格数</translation>
    </message>
    <message>
        <source>Number of hills</source>
        <translation>山头数</translation>
    </message>
    <message>
        <source>Number of months</source>
        <translation>月数</translation>
    </message>
    <message>
        <source>Number of patrol days</source>
        <translation>日出勤条数</translation>
    </message>
    <message>
        <source>Number of patrols</source>
        <translation>巡护次数</translation>
    </message>
    <message>
        <source>Number of plans</source>
        <translation>方案数</translation>
    </message>
    <message>
        <source>Number of rangers</source>
        <translation>护林员数</translation>
    </message>
    <message>
        <source>Number of rejected rows</source>
        <translation>拒绝的行数</translation>
    </message>
    <message>
        <source>Number of the correction</source>
        <translation>更正次数</translation>
    </message>
    <message>
        <source>Number of tracks</source>
        <translation>轨迹数</translation>
    </message>
    <message>
        <source>Number of valid patrols</source>
        <translation>有效巡护次数</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Objection {number} asks for {effect}; known are {known}.</source>
        <translation>申诉 {number} 的事项为 {effect}；可用的有 {known}。</translation>
    </message>
    <message>
        <source>Objection {number} is about {day}, which is no day of {month}; correct it.</source>
        <translation>申诉 {number} 的日期 {day} 不在 {month} 内；请改正。</translation>
    </message>
    <message>
        <source>Objection {number} is upheld without proof; fill in proof (证明材料).</source>
        <translation>申诉 {number} 已采纳但没有证明材料；请补填证明材料。</translation>
    </message>
    <message>
        <source>Objection {number}: {proof}</source>
        <translation>申诉 {number}：{proof}</translation>
    </message>
    <message>
        <source>Objections</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>Objections applied</source>
        <translation>计入的申诉</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>Objective without change</source>
        <translation>目标值（不计调整）</translation>
    </message>
    <message>
        <source>Objective {name} is not known; choose one of {known}.</source>
        <translation>没有名为 {name} 的目标函数，请从 {known} 中选择一个。</translation>
    </message>
    <message>
        <source>Of a workspace: empty for the month as it stands, 0 as first issued.</source>
        <translation>取自工作空间时：空为现行结果，0 为原通报。</translation>
    </message>
    <message>
        <source>Of patrolcoverage, for the same month; kept with the other rates.</source>
        <translation>patrolcoverage 的输出，须为同一月份；随其他指标一并入库。</translation>
    </message>
    <message>
        <source>Of riskpatrols, for the same month; kept with the other rates.</source>
        <translation>riskpatrols 的输出，须为同一月份；随其他指标一并入库。</translation>
    </message>
    <message>
        <source>Off: stands of the workspace that are not in the file stay, and are counted.</source>
        <translation>不勾选：文件中没有的小班保留，并报告个数。</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>填报</translation>
    </message>
    <message>
        <source>Official area deviates by more than 1 %</source>
        <translation>填报面积偏差超过 1 %</translation>
    </message>
    <message>
        <source>Official area field</source>
        <translation>填报面积字段</translation>
    </message>
    <message>
        <source>Official where within 1 % of geometry</source>
        <translation>与图形相差 1 % 以内时取填报面积</translation>
    </message>
    <message>
        <source>Official, imported</source>
        <translation>填报面积，已导入</translation>
    </message>
    <message>
        <source>Official, whole file</source>
        <translation>填报面积，全部</translation>
    </message>
    <message>
        <source>Offset of digital numbers</source>
        <translation>数字值的偏移</translation>
    </message>
    <message>
        <source>One full-time ranger a grid</source>
        <translation>一个网格一名专职护林员</translation>
    </message>
    <message>
        <source>Only days of this danger level</source>
        <translation>只排该火险等级之日</translation>
    </message>
    <message>
        <source>Only forest counts where they are given; else the whole grid.</source>
        <translation>给出后只计森林；否则计整个网格。</translation>
    </message>
    <message>
        <source>Only grids with a risk zone, on days of a key fire period at this level or above, all from the workspace; empty: every grid on every day.</source>
        <translation>只排重点期内达到该等级之日、有重点区域的网格，均取自工作空间；不填则每个网格每天都排。</translation>
    </message>
    <message>
        <source>Only show</source>
        <translation>只查看</translation>
    </message>
    <message>
        <source>Only {n} cells of the image lie in the site; use a finer image.</source>
        <translation>图斑内只有 {n} 个像元；请用更精细的影像。</translation>
    </message>
    <message>
        <source>Only {n} fixes.</source>
        <translation>只有 {n} 个定位点。</translation>
    </message>
    <message>
        <source>Only {n} of {all} cells are clear in both images; use another date.</source>
        <translation>{all} 个像元中只有 {n} 个在两期影像中均无云；请换日期。</translation>
    </message>
    <message>
        <source>Only {percent} % of stand {stand} ({mu} mu) are in a grid.</source>
        <translation>小班 {stand}（{mu} 亩）只有 {percent} % 在网格中。</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Optimisation of the management grids</source>
        <translation>管护网格优化</translation>
    </message>
    <message>
        <source>Optimise grids</source>
        <translation>优化网格</translation>
    </message>
    <message>
        <source>Our own patrol days</source>
        <translation>本系统日出勤</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Overlaps</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>Own DOCX template</source>
        <translation>自备 DOCX 模板</translation>
    </message>
    <message>
        <source>PAGE {page} is not known; give A1, A2, A3, A4 or width x height in mm, such as 420x297.</source>
        <translation>页面 {page} 无法识别；请填 A1、A2、A3、A4 或宽x高毫米数，如 420x297。</translation>
    </message>
    <message>
        <source>PATROLS has no field {field}; choose the output of assesspatrols.</source>
        <translation>PATROLS 没有字段 {field}；请选择 assesspatrols 的输出。</translation>
    </message>
    <message>
        <source>PATROLS of assesspatrols: kept with the traces, shown by the workspace's project.</source>
        <translation>assesspatrols 的巡护轨迹线：与轨迹一起保存，在工作空间工程中显示。</translation>
    </message>
    <message>
        <source>PATROLS of assesspatrols: person_id, start, end; all that were walked count.</source>
        <translation>assesspatrols 的 PATROLS：person_id、start、end；走过的都算。</translation>
    </message>
    <message>
        <source>PATROL_DAYS has no field {field}; choose the output of assesspatrols.</source>
        <translation>PATROL_DAYS 没有字段 {field}；请选择 assesspatrols 的输出。</translation>
    </message>
    <message>
        <source>PATROL_DAYS of assesspatrols, seen and approved.</source>
        <translation>assesspatrols 的日出勤，已审看。</translation>
    </message>
    <message>
        <source>PATROL_DAYS of assesspatrols: both are then shown day by day.</source>
        <translation>assesspatrols 的 PATROL_DAYS：两者逐日对照。</translation>
    </message>
    <message>
        <source>PLANS is {n}; at least two plans are compared.</source>
        <translation>PLANS 为 {n}；至少比较两个方案。</translation>
    </message>
    <message>
        <source>PLATFORM has no field {field}; choose the output of importattendance.</source>
        <translation>PLATFORM 没有字段 {field}；请选择 importattendance 的输出。</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Pairs of person ids: R001+R002, R003+R004. They are not listed as together.</source>
        <translation>人员编号成对：R001+R002, R003+R004。不列为同行。</translation>
    </message>
    <message>
        <source>Past the rule, but its results are not in the workspace; adopt them first.</source>
        <translation>已超过保留期，但结果尚未入库；请先入库。</translation>
    </message>
    <message>
        <source>Past the rule; its results are in the workspace.</source>
        <translation>已超过保留期，结果已入库。</translation>
    </message>
    <message>
        <source>Patrol coverage of grids</source>
        <translation>网格巡护覆盖</translation>
    </message>
    <message>
        <source>Patrol days</source>
        <translation>日出勤</translation>
    </message>
    <message>
        <source>Patrols</source>
        <translation>巡护</translation>
    </message>
    <message>
        <source>People in charge (counts by village group)</source>
        <translation>包人清单（按村小组计数）</translation>
    </message>
    <message>
        <source>Percent of the town</source>
        <translation>占全镇百分比</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Persons by town and role</source>
        <translation>分乡镇、身份人数</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Place names (points)</source>
        <translation>地名（点）</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Plan {other} is the same as plan {first}: more change brings nothing.</source>
        <translation>方案 {other} 与方案 {first} 相同：多调整也无益处。</translation>
    </message>
    <message>
        <source>Plan {plan}: {title} ({percent} % changed)</source>
        <translation>方案 {plan}：{title}（调整 {percent}%）</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Platform's field names</source>
        <translation>平台字段名</translation>
    </message>
    <message>
        <source>Points, a table, XLSX or CSV: person, time, risk zone or position, photo, note.</source>
        <translation>点图层、表、XLSX 或 CSV：人员、时间、重点区域或位置、照片、备注。</translation>
    </message>
    <message>
        <source>Polygons of towns or villages; or an XLSX, CSV or table with code and name.</source>
        <translation>乡镇或村的面图层；或含代码、名称的 XLSX、CSV、表。</translation>
    </message>
    <message>
        <source>Polygons of 小班 with any province's field names.</source>
        <translation>小班面图层，任何省份的字段名均可。</translation>
    </message>
    <message>
        <source>Polygons, or an XLSX or CSV that lists the stands of each grid or ranger.</source>
        <translation>面图层，或列出各网格（护林员）所含小班的 XLSX、CSV。</translation>
    </message>
    <message>
        <source>Polygons, or an XLSX or CSV with codes or with longitude, latitude and mu.</source>
        <translation>图斑面，或有图斑编号、或有经纬度和亩数的 XLSX、CSV。</translation>
    </message>
    <message>
        <source>PostgreSQL connection</source>
        <translation>PostgreSQL 连接</translation>
    </message>
    <message>
        <source>Presumed</source>
        <translation>推定</translation>
    </message>
    <message>
        <source>Print grid maps</source>
        <translation>打印网格图</translation>
    </message>
    <message>
        <source>Printed date</source>
        <translation>制图日期</translation>
    </message>
    <message>
        <source>Printing page {number} of {pages}.</source>
        <translation>正在打印第 {number} 页，共 {pages} 页。</translation>
    </message>
    <message>
        <source>Processes (0: as many as pay)</source>
        <translation>进程数（0：按需自动）</translation>
    </message>
    <message>
        <source>Processes (0: one a core)</source>
        <translation>进程数（0：每核一个）</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>征求意见</translation>
    </message>
    <message>
        <source>Prove regreening by imagery</source>
        <translation>用影像核验复绿</translation>
    </message>
    <message>
        <source>Proven lower bound</source>
        <translation>已证明的下界</translation>
    </message>
    <message>
        <source>Public edition</source>
        <translation>公开版</translation>
    </message>
    <message>
        <source>Public edition; left out: {fields}.</source>
        <translation>公开版；略去：{fields}。</translation>
    </message>
    <message>
        <source>Purge raw traces past their time</source>
        <translation>清理超期原始轨迹</translation>
    </message>
    <message>
        <source>Put aside: {repeats} repeats, {clashes} of two places at one moment, {spikes} GPS spikes, {rough} fixes with an accuracy worse than 500 m.</source>
        <translation>已剔除：重复 {repeats} 个，同一时刻两地 {clashes} 个，GPS 跳点 {spikes} 个，精度劣于 500 米 {rough} 个。</translation>
    </message>
    <message>
        <source>Put the plan in place of a draft that the year has already.</source>
        <translation>替换本年度已有的草案。</translation>
    </message>
    <message>
        <source>Put these in the place of results of the same month that have no correction yet.</source>
        <translation>替换尚未更正过的同月结果。</translation>
    </message>
    <message>
        <source>QGIS cannot open the file as a layer.</source>
        <translation>QGIS 无法将该文件作为图层打开。</translation>
    </message>
    <message>
        <source>QGIS project</source>
        <translation>QGIS 工程</translation>
    </message>
    <message>
        <source>Queue candidates for review</source>
        <translation>疑似图斑入核查队列</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>RATES has no row for all towns of {month}; choose the output of assesspatrols.</source>
        <translation>RATES 中没有 {month} 的合计行；请选择 assesspatrols 的输出。</translation>
    </message>
    <message>
        <source>Railways</source>
        <translation>铁路</translation>
    </message>
    <message>
        <source>Ranger after</source>
        <translation>调整后护林员</translation>
    </message>
    <message>
        <source>Ranger before</source>
        <translation>调整前护林员</translation>
    </message>
    <message>
        <source>Ranger {id} has {n} grids at a time: {grids}.</source>
        <translation>护林员 {id} 同时有 {n} 个网格：{grids}。</translation>
    </message>
    <message>
        <source>Rangers</source>
        <translation>护林员</translation>
    </message>
    <message>
        <source>Rangers (a row a post)</source>
        <translation>护林员（一行一个岗位）</translation>
    </message>
    <message>
        <source>Rangers have more than one grid: {ids}; one full-time ranger a grid.</source>
        <translation>护林员有多个网格：{ids}；一个网格一名专职护林员。</translation>
    </message>
    <message>
        <source>Rangers whose figures changed</source>
        <translation>数字有变化的护林员</translation>
    </message>
    <message>
        <source>Rangers without a grid</source>
        <translation>没有网格的护林员</translation>
    </message>
    <message>
        <source>Rank bare slopes by what people see</source>
        <translation>按可视程度排列裸露山体</translation>
    </message>
    <message>
        <source>Rank rangers</source>
        <translation>护林员考核排名</translation>
    </message>
    <message>
        <source>Raster {file} cannot be read ({reason}); choose another file.</source>
        <translation>栅格 {file} 无法读取（{reason}）；请另选文件。</translation>
    </message>
    <message>
        <source>Raster {file} cannot be written ({reason}); check the folder and free space.</source>
        <translation>栅格 {file} 无法写入（{reason}）；请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>Raster {file} has no band {band}, only {n}.</source>
        <translation>栅格 {file} 没有第 {band} 波段，只有 {n} 个。</translation>
    </message>
    <message>
        <source>Raster {file} has no coordinate reference system; set it first.</source>
        <translation>栅格 {file} 没有坐标参考系；请先设置。</translation>
    </message>
    <message>
        <source>Raster {file} is not north-up; warp it first.</source>
        <translation>栅格 {file} 不是正北朝上；请先校正。</translation>
    </message>
    <message>
        <source>Rasters need rasterio or GDAL's Python bindings; install python3-rasterio or python3-gdal.</source>
        <translation>读取栅格需要 rasterio 或 GDAL 的 Python 绑定；请安装 python3-rasterio 或 python3-gdal。</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>巡护率</translation>
    </message>
    <message>
        <source>Rates of the month before</source>
        <translation>上月巡护率</translation>
    </message>
    <message>
        <source>Reach of a hot spot (m)</source>
        <translation>热点的范围（米）</translation>
    </message>
    <message>
        <source>Reading attributes …</source>
        <translation>正在读取属性……</translation>
    </message>
    <message>
        <source>Reading {file} needs the Python library openpyxl, which is not installed; save the table as CSV, or install openpyxl.</source>
        <translation>读取 {file} 需要 Python 库 openpyxl，尚未安装；请另存为 CSV，或安装 openpyxl。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Reason of the correction</source>
        <translation>更正原因</translation>
    </message>
    <message>
        <source>Recorded by the phone {device} that the other carried on {day}: one phone for two.</source>
        <translation>由手机 {device} 记录，该手机在 {day} 由另一人携带：一机两人。</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>Register of bare slopes</source>
        <translation>裸露山体台账</translation>
    </message>
    <message>
        <source>Register of known sites</source>
        <translation>已知图斑台账</translation>
    </message>
    <message>
        <source>Regreening progress</source>
        <translation>复绿进度</translation>
    </message>
    <message>
        <source>Remove stands that the file lacks</source>
        <translation>删除文件中没有的小班</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace an existing workspace; it is kept as .bak.</source>
        <translation>替换已有工作区；原文件另存为 .bak。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Resolution (dpi)</source>
        <translation>分辨率（dpi）</translation>
    </message>
    <message>
        <source>Restore workspace</source>
        <translation>恢复工作区</translation>
    </message>
    <message>
        <source>Results of {months} for {n} rangers are kept.</source>
        <translation>{months} 共 {n} 名护林员的结果已入库。</translation>
    </message>
    <message>
        <source>Rewards and penalties</source>
        <translation>奖惩</translation>
    </message>
    <message>
        <source>Ridges</source>
        <translation>山脊</translation>
    </message>
    <message>
        <source>Ridges part {n} pairs of neighbouring stands; {percent} percent of these pairs lie in different grids, of the other pairs {other} percent.</source>
        <translation>有 {n} 对相邻小班隔着山脊，其中 {percent}% 分属不同网格；其他相邻小班为 {other}%。</translation>
    </message>
    <message>
        <source>Ridges, roads, rivers; of polygons the borders cut.</source>
        <translation>山脊、道路、河流；面图层以边界切割。</translation>
    </message>
    <message>
        <source>Risk zones</source>
        <translation>风险区</translation>
    </message>
    <message>
        <source>Risk-zone patrol rate</source>
        <translation>风险区必巡率</translation>
    </message>
    <message>
        <source>Risk-zone patrol rates</source>
        <translation>重点区域巡护率</translation>
    </message>
    <message>
        <source>Rivers and lakes</source>
        <translation>河流湖泊</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Roads and villages</source>
        <translation>道路和村庄</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Roll over year</source>
        <translation>年度结转</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>花名册</translation>
    </message>
    <message>
        <source>Roster for the gaps of patrols</source>
        <translation>巡护空档排班</translation>
    </message>
    <message>
        <source>Roster of rangers</source>
        <translation>护林员花名册</translation>
    </message>
    <message>
        <source>Roster or days off have changed since {month} was issued ({n} persons, the first {who}); assess the month again and adopt it before it is corrected.</source>
        <translation>{month} 发布后花名册或请假登记有改动（{n} 人，首个为 {who}）；请重新判定并入库后再更正。</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Row {row} could not be written: {reason}. Check free disk space.</source>
        <translation>第 {row} 行无法写入：{reason}。请检查磁盘剩余空间。</translation>
    </message>
    <message>
        <source>Row {row} of the units of {name} weighs {weight}, more than the {most} that a grid may weigh; split the unit, ask for fewer grids or widen the tolerance.</source>
        <translation>{name} 的第 {row} 行单元工作量为 {weight}，超过一个网格允许的 {most}；请拆分该单元、减少网格数或放宽容差。</translation>
    </message>
    <message>
        <source>Row {row}, {item}: {text}</source>
        <translation>第{row}行 {item}：{text}</translation>
    </message>
    <message>
        <source>Rows written</source>
        <translation>写出的行数</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Rule days_by_month needs twelve numbers.</source>
        <translation>规则 days_by_month 须为十二个数。</translation>
    </message>
    <message>
        <source>Rule set</source>
        <translation>规则集</translation>
    </message>
    <message>
        <source>Rule set {rules} is for {kind}, not for {wanted}; choose another.</source>
        <translation>规则集 {rules} 用于 {kind}，不用于 {wanted}；请另选。</translation>
    </message>
    <message>
        <source>Rule set {rules}: slope_factor or access_factor cannot be read ({reason}); follow a shipped rule set.</source>
        <translation>规则集 {rules}：slope_factor 或 access_factor 无法读取（{reason}）；请参照自带规则集。</translation>
    </message>
    <message>
        <source>Rule set {rules}: {name} is {value}; write a number or null.</source>
        <translation>规则集 {rules}：{name} 为 {value}；请写数字或 null。</translation>
    </message>
    <message>
        <source>Rule set {source} cannot be read as UTF-8 text; save it so.</source>
        <translation>规则集 {source} 不是 UTF-8 文本，请另存为 UTF-8 后再用。</translation>
    </message>
    <message>
        <source>Rule set {source} has no name; it must be a JSON object with a name.</source>
        <translation>规则集 {source} 没有名称；应为带 name 的 JSON 对象。</translation>
    </message>
    <message>
        <source>Rule set {source} is not valid JSON ({reason}); correct the file.</source>
        <translation>规则集 {source} 不是有效的 JSON（{reason}）；请改正文件。</translation>
    </message>
    <message>
        <source>Rule set: {rules}.</source>
        <translation>规则集：{rules}。</translation>
    </message>
    <message>
        <source>Rule {number}: {title}</source>
        <translation>规则 {number}：{title}</translation>
    </message>
    <message>
        <source>Rule {rule} is not known; known are: {known}.</source>
        <translation>规则 {rule} 不认识；可用的有：{known}。</translation>
    </message>
    <message>
        <source>Rule {rule} must be a number that is not negative, not {value}.</source>
        <translation>规则 {rule} 须为非负数，不能是 {value}。</translation>
    </message>
    <message>
        <source>Rule {rule} must be true or false.</source>
        <translation>规则 {rule} 须为 true 或 false。</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则集</translation>
    </message>
    <message>
        <source>Rules that cannot be kept, and why</source>
        <translation>无法遵守的规则及原因</translation>
    </message>
    <message>
        <source>Rules that could not be kept</source>
        <translation>未能遵守的规则</translation>
    </message>
    <message>
        <source>SCHEDULER needs the Python packages dask and distributed; install them or leave SCHEDULER empty.</source>
        <translation>SCHEDULER 需要 Python 包 dask 和 distributed；请安装，或将 SCHEDULER 留空。</translation>
    </message>
    <message>
        <source>SITES has no field status; add it, such as 施工 or 验收合格.</source>
        <translation>SITES 没有 status 字段；请添加，如 施工 或 验收合格。</translation>
    </message>
    <message>
        <source>STANDS has no field stand_id; give STAND_ID_FIELD (fields: {fields}).</source>
        <translation>STANDS 没有 stand_id 字段；请给出 STAND_ID_FIELD（字段：{fields}）。</translation>
    </message>
    <message>
        <source>STANDS has no field town_code; run Import stands first.</source>
        <translation>STANDS 没有 town_code 字段，请先运行“导入小班”。</translation>
    </message>
    <message>
        <source>STANDS, row {row} {reason}; run Import stands first, which lists such rows.</source>
        <translation>STANDS 第 {row} 行{reason}；请先运行“导入小班”，会列出这类行。</translation>
    </message>
    <message>
        <source>STAND_GRID has grids that GRIDS does not: {codes}; give layers of one plan.</source>
        <translation>STAND_GRID 中有 GRIDS 没有的网格：{codes}；请给出同一方案的图层。</translation>
    </message>
    <message>
        <source>STAND_GRID has stands that the workspace does not: {ids}; load the plan anew.</source>
        <translation>STAND_GRID 中有工作区没有的小班：{ids}；请重新载入方案。</translation>
    </message>
    <message>
        <source>STAND_GRID has stands without a grid: {ids}; assign them.</source>
        <translation>STAND_GRID 中有未分网格的小班：{ids}；请分配。</translation>
    </message>
    <message>
        <source>STORE is empty; give the path of the new .gpkg file.</source>
        <translation>STORE 为空；请给出新 .gpkg 文件的路径。</translation>
    </message>
    <message>
        <source>Sample county</source>
        <translation>示例县</translation>
    </message>
    <message>
        <source>Scenic spots</source>
        <translation>景区</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>考核得分</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>用时（秒）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seed of the sample</source>
        <translation>示例种子</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>程度</translation>
    </message>
    <message>
        <source>Shapefile (GBK)</source>
        <translation>SHP（GBK）</translation>
    </message>
    <message>
        <source>Shared among the parts by geometry; empty: official_m2 where there is one.</source>
        <translation>按图形面积分摊到各部分；留空：有 official_m2 时用之。</translation>
    </message>
    <message>
        <source>Should be green (mu)</source>
        <translation>应绿（亩）</translation>
    </message>
    <message>
        <source>Site code {site} is not county6 + B + year2 + number4.</source>
        <translation>图斑编号 {site} 不符合“县6位+B+年2位+序号4位”。</translation>
    </message>
    <message>
        <source>Site codes</source>
        <translation>图斑编号</translation>
    </message>
    <message>
        <source>Site {site} has no outline.</source>
        <translation>图斑 {site} 没有图形。</translation>
    </message>
    <message>
        <source>Site {site} is {status} but its acceptance is not on record.</source>
        <translation>图斑 {site} 状态为{status}，但没有合格的验收记录。</translation>
    </message>
    <message>
        <source>Site {site} is {status} without {fields}.</source>
        <translation>图斑 {site} 状态为{status}，缺少{fields}。</translation>
    </message>
    <message>
        <source>Site {site} is {status}, but imagery of {day} does not show it green.</source>
        <translation>图斑 {site} 状态为{status}，但{day}影像核验未达标。</translation>
    </message>
    <message>
        <source>Site {site} is {status}, its last move was to {moved}.</source>
        <translation>图斑 {site} 状态为{status}，最近一次流转却是{moved}。</translation>
    </message>
    <message>
        <source>Site {site}: move {number} went from {old} to {new}, which is not allowed.</source>
        <translation>图斑 {site}：第{number}次流转由{old}到{new}，不合流程。</translation>
    </message>
    <message>
        <source>Site {site}: {written} mu written, its outline has {mu}.</source>
        <translation>图斑 {site}：填报{written}亩，图形{mu}亩。</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Sites (empty: the workspace's)</source>
        <translation>图斑（留空取工作区）</translation>
    </message>
    <message>
        <source>Sites bare no more</source>
        <translation>已不再裸露的图斑</translation>
    </message>
    <message>
        <source>Sites found</source>
        <translation>发现的图斑</translation>
    </message>
    <message>
        <source>Sites passed</source>
        <translation>验收合格图斑</translation>
    </message>
    <message>
        <source>Sites {site} and {other} lie over each other by {m2} m².</source>
        <translation>图斑 {site} 与 {other} 重叠 {m2} 平方米。</translation>
    </message>
    <message>
        <source>Six digits (行政区划代码).</source>
        <translation>6 位行政区划代码。</translation>
    </message>
    <message>
        <source>Size (MB)</source>
        <translation>大小（MB）</translation>
    </message>
    <message>
        <source>Size of a unit (mu)</source>
        <translation>单元大小（亩）</translation>
    </message>
    <message>
        <source>Size of the sample</source>
        <translation>示例规模</translation>
    </message>
    <message>
        <source>Slivers</source>
        <translation>碎条</translation>
    </message>
    <message>
        <source>Slivers closed up to (m)</source>
        <translation>合并细碎面的最大宽度（米）</translation>
    </message>
    <message>
        <source>Slope field (class or degrees)</source>
        <translation>坡度字段（坡度级或度）</translation>
    </message>
    <message>
        <source>Smaller parts are merged into the part with the longest common border.</source>
        <translation>更小的部分并入公共边最长的部分。</translation>
    </message>
    <message>
        <source>Smallest part (mu)</source>
        <translation>最小部分（亩）</translation>
    </message>
    <message>
        <source>So few cells of the image that nobody can tell what it is; look closer.</source>
        <translation>影像像元过少，无法判断为何物，请用更细的影像或到现场查看。</translation>
    </message>
    <message>
        <source>Speed by land cover</source>
        <translation>各地类行走速度</translation>
    </message>
    <message>
        <source>Split stands</source>
        <translation>切分小班</translation>
    </message>
    <message>
        <source>Squares</source>
        <translation>方格</translation>
    </message>
    <message>
        <source>Stand</source>
        <translation>小班</translation>
    </message>
    <message>
        <source>Stand id field</source>
        <translation>小班标识字段</translation>
    </message>
    <message>
        <source>Stand layer</source>
        <translation>小班图层</translation>
    </message>
    <message>
        <source>Stand {stand} ({mu} mu) is in no grid.</source>
        <translation>小班 {stand}（{mu} 亩）没有网格。</translation>
    </message>
    <message>
        <source>Stand {stand} ({mu} mu) is in several grids: {grids}.</source>
        <translation>小班 {stand}（{mu} 亩）在多个网格：{grids}。</translation>
    </message>
    <message>
        <source>Stand {stand} is locked but is in no grid; unlock it or give it a grid.</source>
        <translation>小班 {stand} 已锁定但不在任何网格；请解锁或给定网格。</translation>
    </message>
    <message>
        <source>Stand {stand} is locked in grid {grid}, which has no post in town {town}; unlock it or add a post for that grid.</source>
        <translation>小班 {stand} 锁定在网格 {grid}，而该网格在乡镇 {town} 没有岗位；请解锁或为该网格增加岗位。</translation>
    </message>
    <message>
        <source>Stand {stand}: official area {official} mu, by geometry {area} mu.</source>
        <translation>小班 {stand}：填报面积 {official} 亩，图形面积 {area} 亩。</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Stands</source>
        <translation>小班</translation>
    </message>
    <message>
        <source>Stands (mu)</source>
        <translation>小班（亩）</translation>
    </message>
    <message>
        <source>Stands are identified by the layer's own id.</source>
        <translation>小班以图层自带编号标识。</translation>
    </message>
    <message>
        <source>Stands are not in exactly one grid (shares must add up to 1): {ids}.</source>
        <translation>以下小班不是恰好在一个网格（份额合计应为 1）：{ids}。</translation>
    </message>
    <message>
        <source>Stands cut</source>
        <translation>切分的小班数</translation>
    </message>
    <message>
        <source>Stands in grids</source>
        <translation>网格内小班</translation>
    </message>
    <message>
        <source>Stands in no grid</source>
        <translation>不在网格内的小班</translation>
    </message>
    <message>
        <source>Stands or grids</source>
        <translation>小班或网格</translation>
    </message>
    <message>
        <source>Stands overlap by {mu} mu in all.</source>
        <translation>小班重叠共 {mu} 亩。</translation>
    </message>
    <message>
        <source>Stands that change hands</source>
        <translation>调整归属的小班</translation>
    </message>
    <message>
        <source>Stands to snap the borders to</source>
        <translation>边界所依附的小班</translation>
    </message>
    <message>
        <source>Stands with their grid</source>
        <translation>小班网格归属</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status {written} is not known; use one of {known}.</source>
        <translation>状态 {written} 不认识；请使用 {known} 之一。</translation>
    </message>
    <message>
        <source>Steep from this slope on (degrees)</source>
        <translation>坡度大于此值为陡坡（度）</translation>
    </message>
    <message>
        <source>Stop and write nothing</source>
        <translation>停止，不写入任何内容</translation>
    </message>
    <message>
        <source>Such as blue=1,green=2,red=3,nir=4 or sentinel2_12; empty: by the bands' titles.</source>
        <translation>如 blue=1,green=2,red=3,nir=4 或 sentinel2_12；留空按波段名识别。</translation>
    </message>
    <message>
        <source>Such as 已立项, 施工, 待验收, 验收合格, 管护期, 销号.</source>
        <translation>如 已立项、施工、待验收、验收合格、管护期、销号。</translation>
    </message>
    <message>
        <source>Such as 验收, 3个月检查, 影像核验; for rows without.</source>
        <translation>如 验收、3个月检查、影像核验；行内没写时采用。</translation>
    </message>
    <message>
        <source>Sums of mu</source>
        <translation>亩数合计</translation>
    </message>
    <message>
        <source>TABLE needs UNITS; give the stands or grids to be described.</source>
        <translation>TABLE 需要 UNITS；请给出要统计的小班或网格。</translation>
    </message>
    <message>
        <source>TOWNS holds several levels: its {n} units of the town level divide the forest, the other {others} are left out.</source>
        <translation>TOWNS 含多级单位：按其中 {n} 个镇街（林场）级单位划分林地，其余 {others} 个不用。</translation>
    </message>
    <message>
        <source>TOWNS needs the fields town_code and town_name.</source>
        <translation>TOWNS 需要 town_code 和 town_name 两个字段。</translation>
    </message>
    <message>
        <source>TOWNS: rows {one} ({first}) and {two} ({second}) overlap by {mu} mu; give a layer with units of one level only, each piece of land in one of them.</source>
        <translation>TOWNS：第 {one} 行（{first}）与第 {two} 行（{second}）重叠 {mu} 亩；请换用只含一级单位、互不重叠的图层。</translation>
    </message>
    <message>
        <source>TO_HOUR must be later than FROM_HOUR.</source>
        <translation>TO_HOUR 须晚于 FROM_HOUR。</translation>
    </message>
    <message>
        <source>Table {table}, field {field}, row {row}: {value} is not a {kind}; correct it.</source>
        <translation>表 {table} 字段 {field} 第 {row} 行：{value} 不是 {kind}；请改正。</translation>
    </message>
    <message>
        <source>Table {table}, row {row}: the geometry is no {kind}; correct it.</source>
        <translation>表 {table} 第 {row} 行：图形不是 {kind}；请改正。</translation>
    </message>
    <message>
        <source>Table {table}: rows {first} and {second} have the same {key} {value}; each may occur once.</source>
        <translation>表 {table}：第 {first} 行和第 {second} 行的 {key} 相同（{value}）；只能出现一次。</translation>
    </message>
    <message>
        <source>Tell from the geometry</source>
        <translation>由图形面积判断</translation>
    </message>
    <message>
        <source>Template {path} holds macros or links to other files; save it without them.</source>
        <translation>模板 {path} 含有宏或外部链接；请另存为不含宏和链接的文件。</translation>
    </message>
    <message>
        <source>Template {path} is damaged ({member}); save it again in Word as DOCX.</source>
        <translation>模板 {path} 已损坏（{member}），请在 Word 中重新另存为 DOCX。</translation>
    </message>
    <message>
        <source>Template {path} is no DOCX file.</source>
        <translation>模板 {path} 不是 DOCX 文件。</translation>
    </message>
    <message>
        <source>Template {path} is too large.</source>
        <translation>模板 {path} 过大。</translation>
    </message>
    <message>
        <source>Text encoding: {encoding}.</source>
        <translation>文字编码：{encoding}。</translation>
    </message>
    <message>
        <source>Texts too long for the format were cut in: {fields}.</source>
        <translation>以下字段文字过长，已截断：{fields}。</translation>
    </message>
    <message>
        <source>That did not work; the log under Linzhang says more.</source>
        <translation>操作未成功；详情见日志面板“Linzhang”页。</translation>
    </message>
    <message>
        <source>The DEM does not cover the image; choose one of the same area.</source>
        <translation>DEM 未覆盖影像范围；请选择同一区域的 DEM。</translation>
    </message>
    <message>
        <source>The DEM does not cover the sites; choose one that does.</source>
        <translation>DEM 未覆盖图斑；请选择能覆盖图斑的 DEM。</translation>
    </message>
    <message>
        <source>The DEM holds no heights; check its nodata value and extent.</source>
        <translation>DEM 中没有高程；请检查其无效值和范围。</translation>
    </message>
    <message>
        <source>The DEM is flat everywhere; choose one with heights.</source>
        <translation>DEM 处处平坦；请选择有高程的 DEM。</translation>
    </message>
    <message>
        <source>The DEM lies on other cells and was interpolated.</source>
        <translation>DEM 的像元位置不同，已作插值。</translation>
    </message>
    <message>
        <source>The Dask cluster lost a calculation ({reason}); finished ones are kept where a folder was given: look at its workers' memory and start again.</source>
        <translation>Dask 集群丢失了一项计算（{reason}）；给了文件夹的，已完成的都已保存：请检查工作进程的内存后重新开始。</translation>
    </message>
    <message>
        <source>The Dask scheduler {address} cannot be reached; start it or leave SCHEDULER empty.</source>
        <translation>无法连接 Dask 调度器 {address}；请启动它，或将 SCHEDULER 留空。</translation>
    </message>
    <message>
        <source>The Dask scheduler {address} has no worker yet; start one with: dask worker {address}</source>
        <translation>Dask 调度器 {address} 还没有工作进程；请启动：dask worker {address}</translation>
    </message>
    <message>
        <source>The FIT file is cut off here (byte {byte}); what stands before it was kept.</source>
        <translation>FIT 文件在此处（第 {byte} 字节）中断；之前的内容已保留。</translation>
    </message>
    <message>
        <source>The JSON is broken here; the whole features around it were kept.</source>
        <translation>JSON 在此处损坏；前后完整的要素已保留。</translation>
    </message>
    <message>
        <source>The PDF could not be finished: its structure is not understood.</source>
        <translation>PDF 未能完成：其结构无法识别。</translation>
    </message>
    <message>
        <source>The PDF {path} has {found} pages instead of {pages}; export again.</source>
        <translation>PDF {path} 有 {found} 页，应为 {pages} 页；请重新输出。</translation>
    </message>
    <message>
        <source>The PDF {path} is incomplete; check free disk space and export again.</source>
        <translation>PDF {path} 不完整；请检查磁盘空间后重新输出。</translation>
    </message>
    <message>
        <source>The XML is broken here ({reason}); what could be read around it was kept.</source>
        <translation>XML 在此处损坏（{reason}）；周围能读的内容已保留。</translation>
    </message>
    <message>
        <source>The XML is broken here ({reason}); what stands before it was kept.</source>
        <translation>XML 在此处损坏（{reason}）；之前的内容已保留。</translation>
    </message>
    <message>
        <source>The altitudes are {metre} m above the ground of the DEM.</source>
        <translation>海拔比 DEM 地面高出 {metre} 米。</translation>
    </message>
    <message>
        <source>The archive holds more files than is safe to open; split it.</source>
        <translation>压缩包内文件过多，不宜打开；请拆分。</translation>
    </message>
    <message>
        <source>The archive is broken here; its other files were read.</source>
        <translation>压缩包在此处损坏；其中其他文件已读入。</translation>
    </message>
    <message>
        <source>The archive is cut off or broken; the files that are whole were read.</source>
        <translation>压缩包被截断或损坏；其中完整的文件已读取。</translation>
    </message>
    <message>
        <source>The archive's member is encrypted; unpack it first.</source>
        <translation>压缩包中的文件已加密；请先解压。</translation>
    </message>
    <message>
        <source>The assignment of {id} to {grid} has no end date.</source>
        <translation>{id} 在 {grid} 的责任没有终止日期。</translation>
    </message>
    <message>
        <source>The backup is of county {backup}, the workspace of {county}; choose another.</source>
        <translation>备份属于 {backup}，工作区属于 {county}；请另选备份。</translation>
    </message>
    <message>
        <source>The backup is the workspace itself; choose another file.</source>
        <translation>备份就是工作区本身；请另选文件。</translation>
    </message>
    <message>
        <source>The calculation's process ended with code {code} before it was done (often too little memory). {details}</source>
        <translation>计算进程未完成即以代码 {code} 结束（多因内存不足）。{details}</translation>
    </message>
    <message>
        <source>The check after {months} months is due on {day}.</source>
        <translation>{months}个月检查应于{day}完成。</translation>
    </message>
    <message>
        <source>The check after {months} months is made.</source>
        <translation>{months}个月检查已完成。</translation>
    </message>
    <message>
        <source>The check after {months} months was due on {day}: {late} days overdue.</source>
        <translation>{months}个月检查应于{day}完成，已逾期{late}天。</translation>
    </message>
    <message>
        <source>The check-in is there already.</source>
        <translation>该签到已存在。</translation>
    </message>
    <message>
        <source>The check-in names neither a risk zone nor a position.</source>
        <translation>签到既没有重点区域，也没有位置。</translation>
    </message>
    <message>
        <source>The check-in names no person.</source>
        <translation>签到没有写明人员。</translation>
    </message>
    <message>
        <source>The checksum of the FIT file is wrong: a byte is damaged; its fixes were kept.</source>
        <translation>FIT 文件的校验和不符：有字节损坏，已保留其中的定位点。</translation>
    </message>
    <message>
        <source>The checksum of the FIT file's head is wrong; its fixes were kept.</source>
        <translation>FIT 文件头的校验和不符，已保留其中的定位点。</translation>
    </message>
    <message>
        <source>The compressed file is broken; what comes before the defect was read.</source>
        <translation>压缩文件损坏；损坏处之前的内容已读取。</translation>
    </message>
    <message>
        <source>The contract of {id} for {grid} was signed after it ended.</source>
        <translation>{id} 在 {grid} 的管护协议签订日期晚于终止日期。</translation>
    </message>
    <message>
        <source>The coordinates of layer {layer} do not fit its CRS ({crs}); likely is {candidates}. Set the right CRS in the layer's properties.</source>
        <translation>图层 {layer} 的坐标与其坐标系（{crs}）不符，可能是 {candidates}；请在图层属性中改正。</translation>
    </message>
    <message>
        <source>The datum of {n} of {all} ranger-months is undecided; they are taken as WGS84. Give GRIDS and ROADS, or choose the DATUM.</source>
        <translation>{all} 个护林员月中有 {n} 个无法判定坐标基准，按 WGS84 处理。请给出 GRIDS 和 ROADS，或选定 DATUM。</translation>
    </message>
    <message>
        <source>The day of acceptance is not recorded; enter it.</source>
        <translation>没有验收日期，请补录。</translation>
    </message>
    <message>
        <source>The disk of {path} is full; free some space. The workspace is as it was.</source>
        <translation>{path} 所在磁盘已满；请腾出空间。工作区保持原样。</translation>
    </message>
    <message>
        <source>The event has no time of being found.</source>
        <translation>该事件没有发现时间。</translation>
    </message>
    <message>
        <source>The event is there already.</source>
        <translation>该事件已经存在。</translation>
    </message>
    <message>
        <source>The feature has no time for each of its positions.</source>
        <translation>该要素没有逐点的时间。</translation>
    </message>
    <message>
        <source>The file cannot be opened.</source>
        <translation>文件无法打开。</translation>
    </message>
    <message>
        <source>The file could not be read ({kind}); the others were.</source>
        <translation>文件无法读取（{kind}）；其他文件已读入。</translation>
    </message>
    <message>
        <source>The file declares a DOCTYPE, which tracks never need and attacks do; refused.</source>
        <translation>文件含有 DOCTYPE 声明，轨迹文件用不到，多见于攻击；已拒绝。</translation>
    </message>
    <message>
        <source>The file has no column of towns (XIANG): everything is taken as one town, {code}; grids may then cross town borders.</source>
        <translation>文件没有乡镇列（XIANG）：全部作为一个乡镇 {code}，网格可能跨越乡镇界。</translation>
    </message>
    <message>
        <source>The file has no column of villages (CUN): grids cannot be kept within villages, and homes fall back to the town.</source>
        <translation>文件没有村列（CUN）：无法使网格尽量不跨村，住址只能按乡镇推定。</translation>
    </message>
    <message>
        <source>The file has no land class (DI_LEI): every polygon counts as forest.</source>
        <translation>文件没有地类（DI_LEI）：所有面按林地计。</translation>
    </message>
    <message>
        <source>The file has no official area; geometric areas count everywhere.</source>
        <translation>文件没有填报面积，一律采用图形面积。</translation>
    </message>
    <message>
        <source>The file has no positions with times.</source>
        <translation>文件没有带时间的位置。</translation>
    </message>
    <message>
        <source>The file has no track points ({wpt} waypoints and {rtept} route points are no patrol).</source>
        <translation>文件没有轨迹点（{wpt} 个航点和 {rtept} 个航线点不是巡护）。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>The file is larger than is safe to read; split it.</source>
        <translation>文件过大，不宜读取；请拆分。</translation>
    </message>
    <message>
        <source>The file is no FIT file or is cut off at the head.</source>
        <translation>文件不是 FIT 文件，或文件头不完整。</translation>
    </message>
    <message>
        <source>The file is no XLSX workbook; open it and save it again.</source>
        <translation>文件不是 XLSX 工作簿；请打开后重新保存。</translation>
    </message>
    <message>
        <source>The file is of no kind that holds tracks (GPX, KML, CSV, XLSX, GeoJSON, FIT …).</source>
        <translation>文件不是轨迹文件（GPX、KML、CSV、XLSX、GeoJSON、FIT 等）。</translation>
    </message>
    <message>
        <source>The file tells no county; codes begin with 000000. Give COUNTY_CODE.</source>
        <translation>文件没有县代码，编号以 000000 开头；请填写 COUNTY_CODE。</translation>
    </message>
    <message>
        <source>The file {path} is damaged or no GeoPackage; restore a backup.</source>
        <translation>文件 {path} 已损坏或不是 GeoPackage；请用备份恢复。</translation>
    </message>
    <message>
        <source>The filled-in list (XLSX, CSV or a table); or name CANDIDATES.</source>
        <translation>填好的核查清单（XLSX、CSV 或表），或填 CANDIDATES。</translation>
    </message>
    <message>
        <source>The first or last day cannot be read.</source>
        <translation>开始或结束日期无法识别。</translation>
    </message>
    <message>
        <source>The fix has no time.</source>
        <translation>该定位点没有时间。</translation>
    </message>
    <message>
        <source>The fix is cut off or broken.</source>
        <translation>该定位点不完整或已损坏。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be written ({reason}); check disk and permissions.</source>
        <translation>文件夹 {path} 无法写入（{reason}）；请检查磁盘和权限。</translation>
    </message>
    <message>
        <source>The folder's name is the person</source>
        <translation>文件夹名即人员</translation>
    </message>
    <message>
        <source>The ground rises and falls by {relief} m, the altitudes do not follow it (agreement {percent} %).</source>
        <translation>地面起伏 {relief} 米，海拔未随之变化（吻合度 {percent}%）。</translation>
    </message>
    <message>
        <source>The image has no valid cells; check its nodata value and extent.</source>
        <translation>影像没有有效像元；请检查其无数据值和范围。</translation>
    </message>
    <message>
        <source>The image has {n} bands and nothing tells which is red; set BANDS, such as {example}.</source>
        <translation>影像有 {n} 个波段，无从得知哪个是红波段；请设置 BANDS，如 {example}。</translation>
    </message>
    <message>
        <source>The image holds bytes from 0 to 255, a picture rather than a measurement; choose the product with surface reflectance.</source>
        <translation>影像为 0 至 255 的字节值，是图片而非测量值；请选用地表反射率产品。</translation>
    </message>
    <message>
        <source>The image holds digital numbers; they were read as reflectance × 10,000 with offset {offset}.</source>
        <translation>影像为数字值；已按 反射率 × 10,000、偏移 {offset} 读取。</translation>
    </message>
    <message>
        <source>The image holds only the value {value}; choose the original scene.</source>
        <translation>影像只有一个值 {value}；请选用原始影像。</translation>
    </message>
    <message>
        <source>The image holds reflectance from 0 to 1.</source>
        <translation>影像为 0 至 1 的反射率。</translation>
    </message>
    <message>
        <source>The image holds reflectance in percent.</source>
        <translation>影像为百分数反射率。</translation>
    </message>
    <message>
        <source>The image holds reflectance with {offset} added (nothing in it is darker); it was taken off.</source>
        <translation>影像反射率含附加偏移 {offset}（全图无更暗地物），已扣除。</translation>
    </message>
    <message>
        <source>The image lacks the bands {bands}; name them in BANDS, such as red=3,nir=4,blue=1.</source>
        <translation>影像缺少波段 {bands}；请在 BANDS 中指明，如 red=3,nir=4,blue=1。</translation>
    </message>
    <message>
        <source>The last day lies before the first.</source>
        <translation>结束日期早于开始日期。</translation>
    </message>
    <message>
        <source>The last quarter of the year before; kept beside the workspace. 0: no traces.</source>
        <translation>上年最后一个季度，保存在工作空间旁。0 为不生成轨迹。</translation>
    </message>
    <message>
        <source>The layer has neither points nor lines.</source>
        <translation>图层既无点也无线。</translation>
    </message>
    <message>
        <source>The layer has no coordinate reference system; set it first.</source>
        <translation>图层没有坐标系，请先指定。</translation>
    </message>
    <message>
        <source>The layer has no features.</source>
        <translation>图层没有要素。</translation>
    </message>
    <message>
        <source>The layer has no geometry; choose one with polygons.</source>
        <translation>图层没有图形，请选择面图层。</translation>
    </message>
    <message>
        <source>The layer has no 小班 numbers or other id; stands are identified by their row, which holds only while the file is not re-ordered.</source>
        <translation>图层没有小班号或其他编号，以行号标识小班；文件重新排序后即失效。</translation>
    </message>
    <message>
        <source>The line has no times (no gx:Track, no TimeStamp): {n} positions lost.</source>
        <translation>该线没有时间（无 gx:Track，无 TimeStamp）：丢失 {n} 个位置。</translation>
    </message>
    <message>
        <source>The line has {n} columns, the header {width}.</source>
        <translation>该行有 {n} 列，表头有 {width} 列。</translation>
    </message>
    <message>
        <source>The line may be cut off: its last figure is shorter than all others.</source>
        <translation>该行可能被截断：最后一个数比其他行都短。</translation>
    </message>
    <message>
        <source>The list is empty.</source>
        <translation>清单为空。</translation>
    </message>
    <message>
        <source>The locked stands of grid {grid} in town {town} lie in {n} pieces that other locks keep apart; unlock some of them.</source>
        <translation>乡镇 {town} 网格 {grid} 的锁定小班被其他锁定隔成 {n} 片；请解锁一部分。</translation>
    </message>
    <message>
        <source>The new workspace {path} cannot be read back.</source>
        <translation>新建的工作区 {path} 读不回来。</translation>
    </message>
    <message>
        <source>The numbers look like metres of a map projection whose zone they do not tell, not degrees; load the file as a layer with its CRS and import that.</source>
        <translation>坐标像是未标明带号的投影坐标（米），不是经纬度；请按其坐标系加载为图层后再导入。</translation>
    </message>
    <message>
        <source>The objection has no person, no day or no reason.</source>
        <translation>申诉缺少人员、日期或理由。</translation>
    </message>
    <message>
        <source>The objection is there already.</source>
        <translation>该申诉已存在。</translation>
    </message>
    <message>
        <source>The office named as 制图单位; empty: the county's forest chief office.</source>
        <translation>印作制图单位；空为本县（区）林长制办公室。</translation>
    </message>
    <message>
        <source>The period ends ({end}) before it begins ({start}); swap the two.</source>
        <translation>时段的结束（{end}）早于开始（{start}）；请互换。</translation>
    </message>
    <message>
        <source>The plan of {year} is confirmed; its grids can no longer change.</source>
        <translation>{year} 年方案已确认，网格不能再改。</translation>
    </message>
    <message>
        <source>The plan's grids; grid_code and ranger_id are read from here.</source>
        <translation>方案的网格；从中读取 grid_code 和 ranger_id。</translation>
    </message>
    <message>
        <source>The position cannot be read as longitude and latitude.</source>
        <translation>位置无法读作经度和纬度。</translation>
    </message>
    <message>
        <source>The position is (0, 0): the phone had no fix.</source>
        <translation>位置为 (0, 0)：手机未定位。</translation>
    </message>
    <message>
        <source>The position lies {metres} m from zone {zone}; correct either.</source>
        <translation>位置距区域 {zone} 有 {metres} 米；请更正其一。</translation>
    </message>
    <message>
        <source>The program met a fault of its own ({kind}); nothing was written. The log panel, tab Linzhang, holds the report for the developers.</source>
        <translation>程序自身出错（{kind}），没有写入任何内容；日志面板的 Linzhang 页有供开发者查看的报告。</translation>
    </message>
    <message>
        <source>The project {path} cannot be written; check the folder and free space.</source>
        <translation>工程 {path} 无法写入；请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>The raster lies outside the reach of {crs}.</source>
        <translation>栅格位于 {crs} 适用范围之外。</translation>
    </message>
    <message>
        <source>The reference areas are all of one brightness; add brighter or darker.</source>
        <translation>参照区亮度单一；请补充更亮或更暗的区域。</translation>
    </message>
    <message>
        <source>The reference areas hold only {n} cells common to both images, {least} are needed; draw larger ones.</source>
        <translation>参照区在两期影像中只有 {n} 个共同像元，至少需要 {least} 个；请画大一些。</translation>
    </message>
    <message>
        <source>The report {file} cannot be written ({reason}); choose another folder.</source>
        <translation>报告 {file} 无法写入（{reason}）；请另选文件夹。</translation>
    </message>
    <message>
        <source>The row has neither time nor way.</source>
        <translation>该行既无时间也无里程。</translation>
    </message>
    <message>
        <source>The row has no person or no day.</source>
        <translation>该行没有人员或日期。</translation>
    </message>
    <message>
        <source>The rules cannot be kept. {cause} {nearest}</source>
        <translation>规则无法遵守。{cause}{nearest}</translation>
    </message>
    <message>
        <source>The same fixes under two names for {minutes} minutes.</source>
        <translation>两个姓名下有 {minutes} 分钟完全相同的定位点。</translation>
    </message>
    <message>
        <source>The stands lie in the zone {zone}, the workspace is in {crs}: areas are drawn a little larger there. Make the workspace again with that CRS.</source>
        <translation>小班位于 {zone}，工作区采用 {crs}，图形面积会略微偏大；请按该坐标系重建工作区。</translation>
    </message>
    <message>
        <source>The table has a header and no rows.</source>
        <translation>表格只有表头，没有数据行。</translation>
    </message>
    <message>
        <source>The table has no columns for time, longitude and latitude that could be recognised; name them time, lon, lat (时间、经度、纬度).</source>
        <translation>表格没有可识别的时间、经度、纬度列；请命名为 time、lon、lat（时间、经度、纬度）。</translation>
    </message>
    <message>
        <source>The time cannot be read.</source>
        <translation>时间无法读取。</translation>
    </message>
    <message>
        <source>The time lies before 1990 or after 2100: the phone had no time.</source>
        <translation>时间早于 1990 年或晚于 2100 年：手机没有时间。</translation>
    </message>
    <message>
        <source>The time of the check-in cannot be read.</source>
        <translation>签到时间无法识别。</translation>
    </message>
    <message>
        <source>The time of the gx:Track has no position.</source>
        <translation>gx:Track 中的该时间没有对应位置。</translation>
    </message>
    <message>
        <source>The trace file {path} cannot be used ({reason}); check disk and permissions.</source>
        <translation>轨迹文件 {path} 不能使用（{reason}）；请检查磁盘和权限。</translation>
    </message>
    <message>
        <source>The unit of {column} cannot be told from the geometry, so it was not used; set AREA_UNIT or another column in FIELD_MAP (official=…).</source>
        <translation>无法由图形判断 {column} 的单位，未采用；请指定 AREA_UNIT，或在 FIELD_MAP 中另指一列（official=……）。</translation>
    </message>
    <message>
        <source>The units of {name} are not all linked: they fall into {parts} parts; join the parts by links first.</source>
        <translation>{name} 的单元没有全部相连，分成了 {parts} 块；请先用连接把各块接起来。</translation>
    </message>
    <message>
        <source>The units of {name} weigh {total} in all, which {k} grids within their bounds cannot hold; change the bounds or the number of grids.</source>
        <translation>{name} 的单元工作量合计 {total}，{k} 个网格在上下限内无法容纳；请调整上下限或网格数。</translation>
    </message>
    <message>
        <source>The values of {column} obey no known list of land classes; give LAND_CODES or another column in FIELD_MAP (di_lei=…).</source>
        <translation>{column} 的值不符合任何已知地类代码表；请指定 LAND_CODES，或在 FIELD_MAP 中指定另一列（di_lei=……）。</translation>
    </message>
    <message>
        <source>The weights sum to {total}, not to 100; correct them.</source>
        <translation>权重之和为 {total} 而不是 100；请改正。</translation>
    </message>
    <message>
        <source>The workbook is empty.</source>
        <translation>工作簿为空。</translation>
    </message>
    <message>
        <source>The workspace has no bare slopes; import the register.</source>
        <translation>工作区没有裸露山体，请先导入台账。</translation>
    </message>
    <message>
        <source>The workspace has no events; import them first.</source>
        <translation>工作空间中没有事件；请先导入。</translation>
    </message>
    <message>
        <source>The workspace has no forest stands; import stands first.</source>
        <translation>工作区没有林地小班，请先导入小班。</translation>
    </message>
    <message>
        <source>The workspace has no grids: nothing is judged against a grid.</source>
        <translation>工作空间中没有网格：不判定是否在网格内。</translation>
    </message>
    <message>
        <source>The workspace has no grids; adopt a plan or give GRIDS.</source>
        <translation>工作空间中没有网格；请先采用网格方案或给出 GRIDS。</translation>
    </message>
    <message>
        <source>The workspace has no plan of {year}; there are plans of {years}.</source>
        <translation>工作区没有 {year} 年方案；已有方案的年度：{years}。</translation>
    </message>
    <message>
        <source>The workspace has no ranger on duty in the period; import persons.</source>
        <translation>工作空间中该期间没有在岗护林员；请先导入人员。</translation>
    </message>
    <message>
        <source>The workspace has no results of {month}; run Adopt patrol results first.</source>
        <translation>工作空间中没有 {month} 的结果；请先运行“巡护结果入库”。</translation>
    </message>
    <message>
        <source>The workspace has no towns; import stands or boundaries before persons.</source>
        <translation>工作区没有乡镇，请先导入小班或行政界线。</translation>
    </message>
    <message>
        <source>The workspace is ready; its project can be opened now.</source>
        <translation>工作区已建好，可以打开其工程。</translation>
    </message>
    <message>
        <source>The workspace keeps no traces from {start} to {end}: only the totals of the platform are judged.</source>
        <translation>工作空间中没有 {start} 至 {end} 的轨迹：只按平台数据判定。</translation>
    </message>
    <message>
        <source>The workspace keeps no traces from {start} to {end}; import them first.</source>
        <translation>工作空间中没有 {start} 至 {end} 的轨迹；请先导入。</translation>
    </message>
    <message>
        <source>The workspace keeps {n} fixes of these months.</source>
        <translation>工作空间保存有这些月份的 {n} 个定位点。</translation>
    </message>
    <message>
        <source>The workspace refused a row: {reason}. Nothing was written.</source>
        <translation>工作区拒绝了一行数据：{reason}。未写入任何内容。</translation>
    </message>
    <message>
        <source>The workspace {path} has no forest stands for {year}; import stands first.</source>
        <translation>工作区 {path} 没有 {year} 年的林地小班；请先导入小班。</translation>
    </message>
    <message>
        <source>The workspace {path} is being written by another program; save or close it there and try again.</source>
        <translation>工作区 {path} 正被其他程序写入；请在那里保存或关闭后再试。</translation>
    </message>
    <message>
        <source>The workspace {path} is of an older format ({version}, now {known}); migrate it first: a backup is kept.</source>
        <translation>工作区 {path} 为旧格式（{version}，现为 {known}）；请先升级工作区，会保留备份。</translation>
    </message>
    <message>
        <source>The workspace {path} is read-only; allow writing or copy it elsewhere.</source>
        <translation>工作区 {path} 为只读；请允许写入或复制到别处。</translation>
    </message>
    <message>
        <source>The workspace {path} was made by a newer Linzhang (format {version}, this one knows {known}); update the plugin.</source>
        <translation>工作区 {path} 由更新版本的林长建立（格式 {version}，本版本支持到 {known}）；请升级插件。</translation>
    </message>
    <message>
        <source>The workspace {path} was made by a newer Linzhang; update the plugin.</source>
        <translation>工作区 {path} 由更新版本的林长建立；请升级插件。</translation>
    </message>
    <message>
        <source>The year that the grids were in force; 0: the year before the workspace's.</source>
        <translation>网格所属年度；0 表示工作区年度的上一年。</translation>
    </message>
    <message>
        <source>There are no counts of people of {year}; those of {last} are shown for grids that kept their code.</source>
        <translation>没有{year}年的包人计数，编号未变的网格沿用{last}年的。</translation>
    </message>
    <message>
        <source>There are no grids of {year} in {path}; run adoptgrids first.</source>
        <translation>{path} 中没有 {year} 年的网格；请先运行“采纳网格”。</translation>
    </message>
    <message>
        <source>There are no grids of {year}; choose another year.</source>
        <translation>没有{year}年的网格，请选择其他年度。</translation>
    </message>
    <message>
        <source>There is no attendance of {month}; choose another month.</source>
        <translation>没有 {month} 的出勤数据；请另选月份。</translation>
    </message>
    <message>
        <source>There is no plan before {year} to take over.</source>
        <translation>{year} 年之前没有可沿用的方案。</translation>
    </message>
    <message>
        <source>There is no plan before {year}; the grids are divided afresh.</source>
        <translation>{year} 年之前没有方案；网格将重新划分。</translation>
    </message>
    <message>
        <source>There is no plan of {year} to export.</source>
        <translation>没有 {year} 年方案可导出。</translation>
    </message>
    <message>
        <source>There is no risk zone {zone}, or several have that name.</source>
        <translation>没有重点区域 {zone}，或有多个同名。</translation>
    </message>
    <message>
        <source>There is no rule set {rules}; choose one of {names} or a JSON file.</source>
        <translation>没有规则集 {rules}；请从 {names} 中选，或给出 JSON 文件。</translation>
    </message>
    <message>
        <source>There is no workspace at {path}; check the path.</source>
        <translation>{path} 处没有工作区；请检查路径。</translation>
    </message>
    <message>
        <source>There is not enough memory; close programs or use fewer features.</source>
        <translation>内存不足；请关闭其他程序或减少要素。</translation>
    </message>
    <message>
        <source>This GDAL cannot write {format}; choose another profile.</source>
        <translation>本机 GDAL 不能写 {format}；请换一种格式。</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Those given to assesspatrols; they are written into the register of days off.</source>
        <translation>与 assesspatrols 所填一致；会写入免巡登记。</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Time zone {zone} is not known; write Asia/Shanghai or UTC+8.</source>
        <translation>时区 {zone} 不认识；请写 Asia/Shanghai 或 UTC+8。</translation>
    </message>
    <message>
        <source>Timeliness of events</source>
        <translation>事件时效</translation>
    </message>
    <message>
        <source>Timeliness rate</source>
        <translation>及时率</translation>
    </message>
    <message>
        <source>To grid</source>
        <translation>调入网格</translation>
    </message>
    <message>
        <source>Tobler 1993 (exponential)</source>
        <translation>Tobler 1993（指数）</translation>
    </message>
    <message>
        <source>Today, like 2025-04-02: the rule's months (keep_months) are counted back from it.</source>
        <translation>当天日期，如 2025-04-02：规则的保留月数（keep_months）由此往前推算。</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>识别依据</translation>
    </message>
    <message>
        <source>Tolerance of workload (percent; hard where set)</source>
        <translation>工作量允许偏差（%；设定后为硬性）</translation>
    </message>
    <message>
        <source>Total (mu)</source>
        <translation>合计（亩）</translation>
    </message>
    <message>
        <source>Total hours</source>
        <translation>总小时数</translation>
    </message>
    <message>
        <source>Total kilometres</source>
        <translation>总公里数</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>乡镇</translation>
    </message>
    <message>
        <source>Town field</source>
        <translation>乡镇字段</translation>
    </message>
    <message>
        <source>Town field (grids never cross towns)</source>
        <translation>乡镇字段（网格不跨乡镇）</translation>
    </message>
    <message>
        <source>Town {town}: grid {grid} is closed (lock 2) with {mu} mu ({percent} percent of workload against its share), less than a grid needs (at least {least} mu); open it.</source>
        <translation>乡镇 {town}：网格 {grid} 已封闭（锁定 2），共 {mu} 亩（工作量与应摊相比 {percent}%），不足一格下限（至少 {least} 亩）；请解除封闭。</translation>
    </message>
    <message>
        <source>Town {town}: no plan was found that keeps every rule ({counts}; tolerance {tolerance} percent, {least} to {most} mu), though the sums would allow one: whole stands and their links do not.</source>
        <translation>乡镇 {town}：没有找到符合全部规则的方案（{counts}；容许偏差 {tolerance}%，{least} 至 {most} 亩）。总量上可行，但小班不能拆开，又须相连，做不到。</translation>
    </message>
    <message>
        <source>Town {town}: no request nearby was found that can be kept; look at locks, links and the largest stands first.</source>
        <translation>乡镇 {town}：附近没有找到可行的要求；请先查看锁定、相连关系和最大的小班。</translation>
    </message>
    <message>
        <source>Town {town}: stand {stand} alone has {mu} mu, more than the {most} mu a grid may have; split it with splitstands or raise the maximum.</source>
        <translation>乡镇 {town}：小班 {stand} 一块就有 {mu} 亩，超过网格上限 {most} 亩；请用“切分小班”切开，或提高上限。</translation>
    </message>
    <message>
        <source>Town {town}: stand {stand} and the {n} islands attached to it have {mu} mu, more than the {most} mu a grid may have; widen LINK_DISTANCE, split it with splitstands or raise the maximum.</source>
        <translation>{town} 乡镇：小班 {stand} 连同归入它的 {n} 块飞地共 {mu} 亩，超过一个网格的上限 {most} 亩；请加大连通距离（LINK_DISTANCE）、用 splitstands 拆分该小班，或提高上限。</translation>
    </message>
    <message>
        <source>Town {town}: stand {stand} is the only way to {n} stands with {mu} mu (around {around}): too much for one grid with that stand, too little for grids of their own.</source>
        <translation>乡镇 {town}：小班 {stand} 是通往 {n} 个小班共 {mu} 亩（{around} 一带）的必经之处：与它合成一格太大，单独成格又不够。</translation>
    </message>
    <message>
        <source>Town {town}: the nearest request that can be kept (it was tried): {first}.</source>
        <translation>乡镇 {town}：最接近的可行要求（已试算）：{first}。</translation>
    </message>
    <message>
        <source>Town {town}: the nearest requests that can be kept (each was tried): {first}; or {second}.</source>
        <translation>乡镇 {town}：最接近的可行要求（均已试算）：{first}；或 {second}。</translation>
    </message>
    <message>
        <source>Town {town}: the part around stand {stand} is cut off by gaps wider than the link distance and has {mu} mu for {posts} posts; raise the link distance or change the number of posts.</source>
        <translation>乡镇 {town}：小班 {stand} 周边部分被宽于连接距离的空隙隔开，有 {mu} 亩、{posts} 个岗位；请加大连接距离或调整岗位数。</translation>
    </message>
    <message>
        <source>Town {town}: the stands locked into grid {grid} have {mu} mu ({percent} percent of workload against its share), more than a grid may have (at most {most} mu); unlock some of them.</source>
        <translation>乡镇 {town}：锁定在网格 {grid} 的小班共 {mu} 亩（工作量与应摊相比 {percent}%），超过一格上限（至多 {most} 亩）；请解锁一部分。</translation>
    </message>
    <message>
        <source>Town {town}: the workload of stand {stand} alone is {over} percent above a grid's share; split it with splitstands or allow a wider tolerance.</source>
        <translation>乡镇 {town}：小班 {stand} 一块的工作量就比每格应摊的多 {over}%；请用“切分小班”切开，或放宽容许偏差。</translation>
    </message>
    <message>
        <source>Town {town}: the workload of stand {stand} and the {n} islands attached to it is {over} percent above a grid's share; widen LINK_DISTANCE, split it with splitstands or allow a wider tolerance.</source>
        <translation>{town} 乡镇：小班 {stand} 连同归入它的 {n} 块飞地，工作量比一个网格的份额多 {over}%；请加大连通距离（LINK_DISTANCE）、用 splitstands 拆分该小班，或放宽容差。</translation>
    </message>
    <message>
        <source>Town {town}: {k} grids of at least {least} mu need {need} mu, but it has {total} mu: there are too many posts for that minimum.</source>
        <translation>乡镇 {town}：{k} 个网格每格至少 {least} 亩，需要 {need} 亩，而全镇只有 {total} 亩：按此下限岗位过多。</translation>
    </message>
    <message>
        <source>Town {town}: {k} grids of at most {most} mu hold {hold} mu, but it has {total} mu: there are too few posts for that maximum.</source>
        <translation>乡镇 {town}：{k} 个网格每格至多 {most} 亩，只容得下 {hold} 亩，而全镇有 {total} 亩：按此上限岗位过少。</translation>
    </message>
    <message>
        <source>Town {town}: {n} enclaves that no link reaches are attached to the nearest grid.</source>
        <translation>乡镇 {town}：{n} 块无法相连的飞地已并入最近的网格。</translation>
    </message>
    <message>
        <source>Towns</source>
        <translation>乡镇</translation>
    </message>
    <message>
        <source>Towns and built-up edges</source>
        <translation>城镇与建成区边缘</translation>
    </message>
    <message>
        <source>Towns are unknown: give WORKSPACE, or STANDS as Import stands wrote them.</source>
        <translation>不知道有哪些乡镇：请填 WORKSPACE，或填“导入小班”输出的 STANDS。</translation>
    </message>
    <message>
        <source>Towns or villages</source>
        <translation>镇或村</translation>
    </message>
    <message>
        <source>Township {town} has stands but no post.</source>
        <translation>{town}有小班而没有护林员岗位。</translation>
    </message>
    <message>
        <source>Township {town} has {k} posts but only {n} stands: {more} posts stay vacant.</source>
        <translation>{town}有{k}个岗位而只有{n}个小班：{more}个岗位空缺。</translation>
    </message>
    <message>
        <source>Township {town}: a stand is locked into a grid that has no post.</source>
        <translation>{town}：有小班被锁定在没有岗位的网格中。</translation>
    </message>
    <message>
        <source>Township {town}: no plan within the bounds was found; the plan given would satisfy a tolerance of {percent} %.</source>
        <translation>{town}：未找到满足上下限的方案；所给方案可满足{percent}%的容差。</translation>
    </message>
    <message>
        <source>Township {town}: one stand alone has {largest}, more than the {roof} a grid may hold; split the stand, or allow {percent} % above the mean.</source>
        <translation>{town}：单个小班即有{largest}，超过每格上限{roof}；请分割该小班，或允许超出平均值{percent}%。</translation>
    </message>
    <message>
        <source>Township {town}: stands locked into grid {grid} are not linked to each other; unlock some of them or widen LINK_DISTANCE.</source>
        <translation>{town}：锁定在第{grid}网格的小班互不相连；请解除部分锁定，或加大连接距离（LINK_DISTANCE）。</translation>
    </message>
    <message>
        <source>Township {town}: the locked stands of grid {grid} are cut off from each other by other grids' locked stands; unlock some of them.</source>
        <translation>{town}：第{grid}网格的锁定小班被其他网格的锁定小班隔断；请解除部分锁定。</translation>
    </message>
    <message>
        <source>Township {town}: {k} grids may hold at most {limit} together, but there is {total}; {posts} posts, or an upper bound of {each} a grid, would do.</source>
        <translation>{town}：{k}个网格合计最多容纳{limit}，而实有{total}；设{posts}个岗位，或把每格上限放宽到{each}，即可满足。</translation>
    </message>
    <message>
        <source>Township {town}: {k} grids must hold at least {limit} together, but there is only {total}; {posts} posts, or a lower bound of {each} a grid, would do.</source>
        <translation>{town}：{k}个网格合计至少需要{limit}，而只有{total}；设{posts}个岗位，或把每格下限降到{each}，即可满足。</translation>
    </message>
    <message>
        <source>Township {town}: {n} stands that no link joins to the rest hold {weight}, which no whole number of grids of {low} to {high} fits; widen LINK_DISTANCE or the tolerance.</source>
        <translation>{town}：有{n}个小班与其余小班不相连，合计{weight}，无法由整数个{low}至{high}的网格组成；请加大连接距离（LINK_DISTANCE）或容差。</translation>
    </message>
    <message>
        <source>Township {town}: {n} stands with {weight} hang on the rest by one stand alone: too much for that stand's grid and too little for grids of their own; a tolerance of {percent} %, or another link, would do.</source>
        <translation>{town}：有{n}个小班（合计{weight}）仅靠一个小班与其余相连：并入该小班所在网格则过大，自成网格则过小；容差放宽到{percent}%，或增加一处连接，即可满足。</translation>
    </message>
    <message>
        <source>Traces that are still to be imported lie in {path}.</source>
        <translation>待导入的轨迹文件在 {path}。</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Tracks of valid patrols: filter the layer PATROLS of assesspatrols by valid. Empty: the valid patrols among the workspace's traces.</source>
        <translation>有效巡护的轨迹：用 assesspatrols 的 PATROLS 按“是否有效”过滤。空为工作空间轨迹中的有效巡护。</translation>
    </message>
    <message>
        <source>Trade-off of change and balance</source>
        <translation>变动与均衡的权衡</translation>
    </message>
    <message>
        <source>UNITS: none of them lies on the DEM; check where both lie.</source>
        <translation>UNITS：没有任何单元落在 DEM 范围内；请检查二者的位置。</translation>
    </message>
    <message>
        <source>Unit code</source>
        <translation>区划代码</translation>
    </message>
    <message>
        <source>Unit name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Unit of the official area</source>
        <translation>填报面积单位</translation>
    </message>
    <message>
        <source>Unit {unit} is unknown or has no grids in {year}; check UNITS.</source>
        <translation>单位 {unit} 不存在或 {year} 年没有网格；请检查 UNITS。</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>行政单位</translation>
    </message>
    <message>
        <source>Unknown codes</source>
        <translation>未知代码</translation>
    </message>
    <message>
        <source>Unknown land class {code}: {n} stands; they are in no total of forest land.</source>
        <translation>未知地类 {code}：{n} 个小班，未计入林地。</translation>
    </message>
    <message>
        <source>Unpack the archive and import the layer itself.</source>
        <translation>请解压后导入其中的图层。</translation>
    </message>
    <message>
        <source>Vacant posts</source>
        <translation>空岗</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>Village field</source>
        <translation>村字段</translation>
    </message>
    <message>
        <source>Village groups</source>
        <translation>村小组</translation>
    </message>
    <message>
        <source>Villages</source>
        <translation>村</translation>
    </message>
    <message>
        <source>Villages cut</source>
        <translation>被分割的村</translation>
    </message>
    <message>
        <source>Villages cut by grid borders</source>
        <translation>被网格线分割的村</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规数</translation>
    </message>
    <message>
        <source>Visits due</source>
        <translation>应巡次数</translation>
    </message>
    <message>
        <source>Visits missed</source>
        <translation>漏巡次数</translation>
    </message>
    <message>
        <source>Waiting candidates seen again</source>
        <translation>再次发现的待核查图斑</translation>
    </message>
    <message>
        <source>Walking from {n} homes …</source>
        <translation>从 {n} 处住址推算步行 …</translation>
    </message>
    <message>
        <source>Walking law {name} is not known; choose one of {known}.</source>
        <translation>没有名为 {name} 的步行规律，请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>Walking time</source>
        <translation>步行时间</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Weight of compactness</source>
        <translation>紧凑度权重</translation>
    </message>
    <message>
        <source>Weight of equal workload</source>
        <translation>工作量均衡权重</translation>
    </message>
    <message>
        <source>Weight of keeping last year's grids</source>
        <translation>保持上年网格权重</translation>
    </message>
    <message>
        <source>Weight of keeping villages whole</source>
        <translation>保持村完整权重</translation>
    </message>
    <message>
        <source>Weight of ridges as borders (with a DEM)</source>
        <translation>以山脊为界的权重（须有 DEM）</translation>
    </message>
    <message>
        <source>Weight of the ranger's walk</source>
        <translation>护林员步行权重</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What an app recorded near the home before setting out and after coming back, or in long stays outside the own grid at the ends of a patrol, is not kept.</source>
        <translation>出发前和回家后在住处附近的定位点，以及巡护首尾在本网格外长时间停留的定位点，不予保存。</translation>
    </message>
    <message>
        <source>What boards publish</source>
        <translation>公示内容</translation>
    </message>
    <message>
        <source>What is checked</source>
        <translation>检查内容</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现的情况</translation>
    </message>
    <message>
        <source>What was written to {path} cannot be read back; the workspace was put back as it was. Check the disk.</source>
        <translation>写入 {path} 的内容读不回来；工作区已恢复原样。请检查磁盘。</translation>
    </message>
    <message>
        <source>Where a layer lacks it: name, unit_name or the first text field.</source>
        <translation>图层没有时取：name、unit_name 或第一个文本字段。</translation>
    </message>
    <message>
        <source>Where given, fixes are kept in yearly files beside it; only new ones are added. Its grids and roads tell the datum where no layer is given.</source>
        <translation>给出时定位点存入其旁的年度文件，只增加新的；没有给出图层时用其中的网格和道路判别坐标系。</translation>
    </message>
    <message>
        <source>Where given, the altitudes of the fixes are compared with the ground.</source>
        <translation>填写后，将定位点海拔与地面高程比对。</translation>
    </message>
    <message>
        <source>Where rules cannot be kept</source>
        <translation>规则无法遵守时</translation>
    </message>
    <message>
        <source>Who answers for which hill</source>
        <translation>山头落人：谁负责哪座山</translation>
    </message>
    <message>
        <source>Why forest changes hands</source>
        <translation>调整原因汇总</translation>
    </message>
    <message>
        <source>Widest gap that is bridged (m)</source>
        <translation>可跨越的最大空隙（米）</translation>
    </message>
    <message>
        <source>With fields such as {{title}}, {{month}}, {{body}}, {{online_percent}}, and the tables {{towns}}, {{below}}, {{ranking}} each alone in a paragraph.</source>
        <translation>可用字段如 {{title}}、{{month}}、{{body}}、{{online_percent}}；表格 {{towns}}、{{below}}、{{ranking}} 须各自单独成段。</translation>
    </message>
    <message>
        <source>Within {metre} m of the other for {percent} % of {minutes} minutes, but noise averaged out up to {apart} m apart: more like two who walk together (同行).</source>
        <translation>{minutes} 分钟中 {percent}% 的时间与另一轨迹相距 {metre} 米以内，但消除定位误差后相距可达 {apart} 米：更像两人同行（联合巡护）。</translation>
    </message>
    <message>
        <source>Within {metre} m of the other for {percent} % of {minutes} minutes: walking together (同行) or one walker with two phones.</source>
        <translation>{minutes} 分钟中有 {percent} % 相距不到 {metre} 米：同行（联合巡护），或一人带两部手机。</translation>
    </message>
    <message>
        <source>Within {metre} m of the other for {percent} % of {minutes} minutes; noise averaged out never more than {apart} m apart, begun and ended within {ends} minutes: more like one walker with two phones than like two who walk together.</source>
        <translation>{minutes} 分钟中 {percent}% 的时间与另一轨迹相距 {metre} 米以内；消除定位误差后相距不超过 {apart} 米，起止时间相差不超过 {ends} 分钟：更像一人携带两部手机，而非两人同行。</translation>
    </message>
    <message>
        <source>Without a DEM, slope classes come from PO_DU, or every stand counts as flat.</source>
        <translation>没有 DEM：坡度级取自 PO_DU，没有则一律按平坡计。</translation>
    </message>
    <message>
        <source>Without a list: separated by commas.</source>
        <translation>不用清单时填写，逗号分隔。</translation>
    </message>
    <message>
        <source>Without names and person ids.</source>
        <translation>不含姓名和人员编号。</translation>
    </message>
    <message>
        <source>Without names, phones and stand numbers.</source>
        <translation>不含姓名、电话和小班号。</translation>
    </message>
    <message>
        <source>Without one, stands are gathered around named points, which is coarser.</source>
        <translation>没有时按命名点归集小班，结果较粗。</translation>
    </message>
    <message>
        <source>Without phones, homes, stand numbers and map grid; names only of those who agreed.</source>
        <translation>不含电话、住址、小班号和公里网；只印同意公示者的姓名。</translation>
    </message>
    <message>
        <source>Without rangers' homes, a village point or the forest's centre stands for the home (推定).</source>
        <translation>没有护林员住址：以村点或林地中心代替（推定）。</translation>
    </message>
    <message>
        <source>Without roads, the access factor of every stand is 1.</source>
        <translation>没有道路：各小班交通系数一律为 1。</translation>
    </message>
    <message>
        <source>Without village boundaries, villages are dissolved from their stands (推定).</source>
        <translation>没有村界：由小班融合出村界（推定）。</translation>
    </message>
    <message>
        <source>Workload field</source>
        <translation>工作量字段</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Workspace file</source>
        <translation>工作区文件</translation>
    </message>
    <message>
        <source>Workspace {path} with {n} stands, project {project}.</source>
        <translation>工作区 {path}，小班 {n} 个，工程 {project}。</translation>
    </message>
    <message>
        <source>Worst deviation (percent)</source>
        <translation>最大偏差（%）</translation>
    </message>
    <message>
        <source>Worst deviation after (percent)</source>
        <translation>优化后最大偏差（%）</translation>
    </message>
    <message>
        <source>Worst deviation before (percent)</source>
        <translation>优化前最大偏差（%）</translation>
    </message>
    <message>
        <source>Worst deviation of workload (percent)</source>
        <translation>工作量最大偏差（%）</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>Writing {n} grids …</source>
        <translation>正在写入 {n} 个网格……</translation>
    </message>
    <message>
        <source>Writing {n} stands …</source>
        <translation>正在写入 {n} 个小班……</translation>
    </message>
    <message>
        <source>XLSX list</source>
        <translation>XLSX 清单</translation>
    </message>
    <message>
        <source>XLSX needs the Python library openpyxl, which is not installed; save the file as CSV.</source>
        <translation>读取 XLSX 需要 Python 库 openpyxl，但未安装；请将文件另存为 CSV。</translation>
    </message>
    <message>
        <source>XLSX needs the Python library openpyxl; install it or skip XLSX.</source>
        <translation>输出 XLSX 需要 Python 库 openpyxl；请安装，或不输出 XLSX。</translation>
    </message>
    <message>
        <source>YEAR {year} is no year; give it with four digits.</source>
        <translation>YEAR {year} 不是年度，请填四位数字。</translation>
    </message>
    <message>
        <source>YYYY-MM-DD.</source>
        <translation>YYYY-MM-DD。</translation>
    </message>
    <message>
        <source>YYYY-MM-DD; empty: 1 January of the year. The clock is never printed.</source>
        <translation>年-月-日；空为当年 1 月 1 日。不印计算机时钟。</translation>
    </message>
    <message>
        <source>YYYY-MM-DD; empty: today, or the year's nearest day to it.</source>
        <translation>YYYY-MM-DD；留空为今天，或该年度最接近今天的一天。</translation>
    </message>
    <message>
        <source>YYYY-MM-DD; empty: today.</source>
        <translation>YYYY-MM-DD；留空为今天。</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年度</translation>
    </message>
    <message>
        <source>Year of the data</source>
        <translation>数据年度</translation>
    </message>
    <message>
        <source>Year of the grids</source>
        <translation>网格年度</translation>
    </message>
    <message>
        <source>Zone of times that name none, and of the local days: Asia/Shanghai or UTC+8.</source>
        <translation>未注明时区的时间和当地日期所用的时区：Asia/Shanghai 或 UTC+8。</translation>
    </message>
    <message>
        <source>a MAX_MU of {mu} mu</source>
        <translation>MAX_MU（面积上限）{mu} 亩</translation>
    </message>
    <message>
        <source>a MIN_MU of {mu} mu</source>
        <translation>MIN_MU（面积下限）{mu} 亩</translation>
    </message>
    <message>
        <source>a TOLERANCE of {percent} percent</source>
        <translation>TOLERANCE（容许偏差）{percent}%</translation>
    </message>
    <message>
        <source>a check after {months} months that passed</source>
        <translation>合格的{months}个月检查</translation>
    </message>
    <message>
        <source>a check that did not pass</source>
        <translation>不合格的检查记录</translation>
    </message>
    <message>
        <source>a grid for a new post</source>
        <translation>为新岗位划出网格</translation>
    </message>
    <message>
        <source>a photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>a photo or the number of a document</source>
        <translation>照片或文件文号</translation>
    </message>
    <message>
        <source>a plan of its own</source>
        <translation>已有自己的方案</translation>
    </message>
    <message>
        <source>a reason</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>a rule</source>
        <translation>规则要求</translation>
    </message>
    <message>
        <source>a wish</source>
        <translation>改善所需</translation>
    </message>
    <message>
        <source>an acceptance check since {day}</source>
        <translation>{day}以来的验收检查</translation>
    </message>
    <message>
        <source>an acceptance check that passed (that of {day} did not)</source>
        <translation>合格的验收检查（{day}的验收不合格）</translation>
    </message>
    <message>
        <source>another grid was below the least area</source>
        <translation>另一网格低于面积下限</translation>
    </message>
    <message>
        <source>auto needs GRIDS or ROADS; what stays undecided is taken as WGS84 and listed.</source>
        <translation>自动识别需要 GRIDS 或 ROADS；仍无法判定的按 WGS84 处理并列出。</translation>
    </message>
    <message>
        <source>auto, or UTF-8, GBK, GB18030 …</source>
        <translation>auto，或 UTF-8、GBK、GB18030……</translation>
    </message>
    <message>
        <source>auto: tell from grids, roads and villages</source>
        <translation>自动：由网格、道路和村判断</translation>
    </message>
    <message>
        <source>candidate {no} is decided already: {status}</source>
        <translation>疑似图斑{no}已有结论：{status}</translation>
    </message>
    <message>
        <source>candidate {no} is decided twice</source>
        <translation>疑似图斑{no}在清单中有两个结论</translation>
    </message>
    <message>
        <source>candidate {no} is not in the queue</source>
        <translation>疑似图斑{no}不在核查队列中</translation>
    </message>
    <message>
        <source>candidate {no} was found on {found}, after the decision of {day}</source>
        <translation>疑似图斑{no}于{found}发现，晚于核查日期{day}</translation>
    </message>
    <message>
        <source>change at most {percent} percent</source>
        <translation>至多调整 {percent} %</translation>
    </message>
    <message>
        <source>change nothing that need not</source>
        <translation>只作必须的调整</translation>
    </message>
    <message>
        <source>changes hands</source>
        <translation>易手</translation>
    </message>
    <message>
        <source>column {column} was not read: persons are not kept by name</source>
        <translation>“{column}”列未读取：不登记个人</translation>
    </message>
    <message>
        <source>cut name</source>
        <translation>截断的字段名</translation>
    </message>
    <message>
        <source>day, level and, where towns differ, town_code; one row without a town is for all.</source>
        <translation>日期、等级，各乡镇不同时加 town_code；不写乡镇的行适用于全部。</translation>
    </message>
    <message>
        <source>default, zherong, district, a set stored in the workspace, or a JSON file with weights that sum to 100.</source>
        <translation>default、zherong、district、工作空间中保存的规则集，或权重合计为 100 的 JSON 文件。</translation>
    </message>
    <message>
        <source>divide afresh</source>
        <translation>重新划分</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>enclave that no link reaches</source>
        <translation>无法相连的飞地</translation>
    </message>
    <message>
        <source>enclave that no link reaches: attached to the nearest grid</source>
        <translation>无法相连的飞地：并入最近的网格</translation>
    </message>
    <message>
        <source>evens out the work</source>
        <translation>均衡工作量</translation>
    </message>
    <message>
        <source>evens out the work: {code} had {more} percent, {gaining} {less} percent of deviation</source>
        <translation>均衡工作量：{code} 原偏差 {more} %，{gaining} 原偏差 {less} %</translation>
    </message>
    <message>
        <source>field=column; field=column. What is not given is told by an alias table.</source>
        <translation>字段=列; 字段=列。未写的按别名表识别。</translation>
    </message>
    <message>
        <source>forest land</source>
        <translation>林地</translation>
    </message>
    <message>
        <source>forestry land classes linked to the land survey, 6 digits</source>
        <translation>与三调衔接的林业地类（6 位）</translation>
    </message>
    <message>
        <source>forestry land classes, 4 digits</source>
        <translation>林业地类（4 位）</translation>
    </message>
    <message>
        <source>forestry variant of the third land survey, 4 digits</source>
        <translation>三调地类林业版（4 位）</translation>
    </message>
    <message>
        <source>geometry</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>goes to a new grid</source>
        <translation>归入新网格</translation>
    </message>
    <message>
        <source>grid {code} has no post this year</source>
        <translation>网格 {code} 本年度没有岗位</translation>
    </message>
    <message>
        <source>grid {code} was above {most} mu</source>
        <translation>网格 {code} 超过 {most} 亩</translation>
    </message>
    <message>
        <source>grid {code} was below {least} mu</source>
        <translation>网格 {code} 不足 {least} 亩</translation>
    </message>
    <message>
        <source>grid {grid}</source>
        <translation>网格 {grid}</translation>
    </message>
    <message>
        <source>grid {grid} has no such hill: {hill}</source>
        <translation>网格{grid}没有山头{hill}</translation>
    </message>
    <message>
        <source>grid {grid} is not in the plan of {year}</source>
        <translation>网格{grid}不在{year}年方案中</translation>
    </message>
    <message>
        <source>grid_code, ranger_id, town_code; empty: those of the workspace.</source>
        <translation>grid_code、ranger_id、town_code；空为工作空间中的网格。</translation>
    </message>
    <message>
        <source>guessed from the values; please check</source>
        <translation>按字段值推断，请核对</translation>
    </message>
    <message>
        <source>ha</source>
        <translation>公顷</translation>
    </message>
    <message>
        <source>has a phone number that is none; left out</source>
        <translation>电话号码无效，已略去</translation>
    </message>
    <message>
        <source>has an area of {m2} m² only</source>
        <translation>面积仅 {m2} 平方米</translation>
    </message>
    <message>
        <source>has coordinates far outside the county; left out</source>
        <translation>坐标远在本县之外，已略去</translation>
    </message>
    <message>
        <source>has coordinates that are no numbers</source>
        <translation>坐标不是有效数字</translation>
    </message>
    <message>
        <source>has neither a code of 6, 9 or 12 digits nor a known name</source>
        <translation>既没有 6、9 或 12 位代码，也没有已知名称</translation>
    </message>
    <message>
        <source>has no area</source>
        <translation>面积为零</translation>
    </message>
    <message>
        <source>has no coordinates; the point of the {what} stands for the home (推定)</source>
        <translation>没有坐标，以{what}点代替住址（推定）</translation>
    </message>
    <message>
        <source>has no day of being received</source>
        <translation>没有受理日期</translation>
    </message>
    <message>
        <source>has no day of the check, or one after {today}</source>
        <translation>没有检查日期，或晚于{today}</translation>
    </message>
    <message>
        <source>has no decision; write 已核实 or 误判</source>
        <translation>没有核查结论，请填“已核实”或“误判”</translation>
    </message>
    <message>
        <source>has no geometry; draw it or delete the row</source>
        <translation>没有图形；请补画或删除该行</translation>
    </message>
    <message>
        <source>has no grid code or ranger</source>
        <translation>没有网格编号或护林员</translation>
    </message>
    <message>
        <source>has no grid code, name or ranger</source>
        <translation>没有网格编号、名称或护林员</translation>
    </message>
    <message>
        <source>has no outline: a round one of {mu} mu was drawn about its point</source>
        <translation>没有图形：以坐标点画了{mu}亩的圆形图斑</translation>
    </message>
    <message>
        <source>has the code of row {first}; both were joined into one unit</source>
        <translation>与第 {first} 行代码相同，已合并为一个单位</translation>
    </message>
    <message>
        <source>has the code {code} of row {row}; codes must be unique</source>
        <translation>代码 {code} 与第 {row} 行相同；代码必须唯一</translation>
    </message>
    <message>
        <source>has the id of row {first}; give it a 小班 number of its own</source>
        <translation>与第 {first} 行标识相同；请另编小班号</translation>
    </message>
    <message>
        <source>has the unknown land class {code}</source>
        <translation>地类代码 {code} 未知</translation>
    </message>
    <message>
        <source>hectares</source>
        <translation>公顷</translation>
    </message>
    <message>
        <source>held a name or number of a person; it was blotted out</source>
        <translation>含有个人姓名或号码，已涂去</translation>
    </message>
    <message>
        <source>holds no forest stand</source>
        <translation>不含任何林地小班</translation>
    </message>
    <message>
        <source>is a vacant post in {town}</source>
        <translation>是 {town} 的空缺岗位</translation>
    </message>
    <message>
        <source>is cut by grids ({parts}); it goes to the first</source>
        <translation>被网格切割（{parts}），归入第一个</translation>
    </message>
    <message>
        <source>is forest land in no grid ({mu} mu)</source>
        <translation>是林地但不在任何网格内（{mu} 亩）</translation>
    </message>
    <message>
        <source>is hair-thin ({m2} m²)</source>
        <translation>为细长碎条（{m2} 平方米）</translation>
    </message>
    <message>
        <source>is in no grid any more</source>
        <translation>不再属于任何网格</translation>
    </message>
    <message>
        <source>is in row {first} already</source>
        <translation>与第 {first} 行重复</translation>
    </message>
    <message>
        <source>is no polygon</source>
        <translation>不是面</translation>
    </message>
    <message>
        <source>is not usable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>is of {town}, but {n} towns of the workspace have codes only; import a list of codes and names with Import boundaries first</source>
        <translation>属于{town}，但工作区有 {n} 个乡镇只有代码没有名称；请先用“导入行政界线”导入代码名称对照表</translation>
    </message>
    <message>
        <source>is of {town}, which the workspace does not know</source>
        <translation>属于{town}，工作区中没有这个乡镇</translation>
    </message>
    <message>
        <source>is of {town}, which the workspace does not know; meant {like}?</source>
        <translation>属于{town}，工作区中没有这个乡镇；是否为{like}？</translation>
    </message>
    <message>
        <source>is site {code} of the register, not grown</source>
        <translation>即台账图斑{code}，没有扩大</translation>
    </message>
    <message>
        <source>is the full-time ranger of {n} grids</source>
        <translation>是 {n} 个网格的专职护林员</translation>
    </message>
    <message>
        <source>is vacant</source>
        <translation>空缺</translation>
    </message>
    <message>
        <source>its grid ends</source>
        <translation>其网格撤销</translation>
    </message>
    <message>
        <source>its grid has no post this year</source>
        <translation>原网格今年没有岗位</translation>
    </message>
    <message>
        <source>its grid was above the greatest area</source>
        <translation>原网格超过面积上限</translation>
    </message>
    <message>
        <source>km²</source>
        <translation>平方公里</translation>
    </message>
    <message>
        <source>lay apart from the rest of grid {code}</source>
        <translation>与网格 {code} 其余部分分离</translation>
    </message>
    <message>
        <source>lay apart from the rest of its grid</source>
        <translation>与原网格其余部分不相连</translation>
    </message>
    <message>
        <source>lies in {n} towns: {towns}</source>
        <translation>跨 {n} 个乡镇：{towns}</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>线</translation>
    </message>
    <message>
        <source>makes the grids more compact or keeps a village together</source>
        <translation>使网格更紧凑或村不拆分</translation>
    </message>
    <message>
        <source>mu</source>
        <translation>亩</translation>
    </message>
    <message>
        <source>m²</source>
        <translation>平方米</translation>
    </message>
    <message>
        <source>name</source>
        <translation>字段名</translation>
    </message>
    <message>
        <source>names a stand that the workspace does not have</source>
        <translation>所写小班在工作区中不存在</translation>
    </message>
    <message>
        <source>names in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>no rows</source>
        <translation>没有行</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无方案</translation>
    </message>
    <message>
        <source>nothing that was given lies within {km:.0f} km</source>
        <translation>所给铁路、公路、城镇、景区均在 {km:.0f} 公里以外</translation>
    </message>
    <message>
        <source>official</source>
        <translation>填报</translation>
    </message>
    <message>
        <source>official {official} ha, drawn {drawn} ha ({percent} %)</source>
        <translation>填报 {official} 公顷，图形 {drawn} 公顷（{percent} %）</translation>
    </message>
    <message>
        <source>older provincial land classes, 3 digits</source>
        <translation>早期省级二调地类（3 位）</translation>
    </message>
    <message>
        <source>on the first hillside</source>
        <translation>位于第一面山坡</translation>
    </message>
    <message>
        <source>other land</source>
        <translation>非林地</translation>
    </message>
    <message>
        <source>ours=theirs; ours=theirs — for example grid_code=WGBM; area_mu=MJ.</source>
        <translation>我方=对方; 我方=对方，例如 grid_code=WGBM; area_mu=MJ。</translation>
    </message>
    <message>
        <source>overlaps grid {other} by {mu} mu</source>
        <translation>与网格 {other} 重叠 {mu} 亩</translation>
    </message>
    <message>
        <source>overlaps {other} (row {row}) by {m2} m²</source>
        <translation>与 {other}（第 {row} 行）重叠 {m2} 平方米</translation>
    </message>
    <message>
        <source>person_id and events, fire, records as shares from 0 to 1.</source>
        <translation>person_id 及 events、fire、records，为 0 到 1 的比例。</translation>
    </message>
    <message>
        <source>person_id, day or done_at, and zone_id or a point; empty: those of the workspace.</source>
        <translation>person_id、day 或 done_at，以及 zone_id 或点；不填则用工作空间中的签到。</translation>
    </message>
    <message>
        <source>person_id, kind and, where the rules do not say, points.</source>
        <translation>person_id、kind，规则未规定分值时加 points。</translation>
    </message>
    <message>
        <source>person_id, role, town_code, first_day, last_day, from_hour, to_hour, most_hours; a row a person. Empty: the workspace's shifts, else its cadres, party members and volunteers.</source>
        <translation>person_id、role、town_code、first_day、last_day、from_hour、to_hour、most_hours，一人一行。不填则用工作空间的补位排班，没有排班则用其中的干部、党员和志愿者。</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>polygons</source>
        <translation>面</translation>
    </message>
    <message>
        <source>puts the stand of row {first} into another grid</source>
        <translation>把第 {first} 行的小班放入了另一个网格</translation>
    </message>
    <message>
        <source>says neither a verdict nor cover nor survival</source>
        <translation>既无结论，也无覆盖率和成活率</translation>
    </message>
    <message>
        <source>says no kind of check, such as 验收 or 3个月检查</source>
        <translation>没有检查类别，如“验收”“3个月检查”</translation>
    </message>
    <message>
        <source>says no town</source>
        <translation>没有写乡镇</translation>
    </message>
    <message>
        <source>says no town; that of the nearest stand ({town}) was taken</source>
        <translation>没有写乡镇，取最近小班的乡镇（{town}）</translation>
    </message>
    <message>
        <source>seen from nowhere</source>
        <translation>各处均不可见</translation>
    </message>
    <message>
        <source>seen from {km:.1f} km of lines, {share:.0%} of it</source>
        <translation>在 {km:.1f} 公里线路上可见，占 {share:.0%}</translation>
    </message>
    <message>
        <source>shapes</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>site {code} is not in the register</source>
        <translation>图斑{code}不在台账中</translation>
    </message>
    <message>
        <source>site {code} is {status} and seen bare again; look at it and move it</source>
        <translation>图斑{code}状态为{status}，又见裸露，请现场查看并流转状态</translation>
    </message>
    <message>
        <source>speaks of somebody's health; the sentence was not kept</source>
        <translation>涉及个人健康状况，内容未登记</translation>
    </message>
    <message>
        <source>stand_id and grid_code; share where a stand is cut.</source>
        <translation>stand_id 和 grid_code；小班被切分时填份额 share。</translation>
    </message>
    <message>
        <source>stands twice in the list</source>
        <translation>在清单中重复</translation>
    </message>
    <message>
        <source>start_on, end_on; where there is a kind, only 重点期 counts.</source>
        <translation>start_on、end_on；有类别的只计重点期。</translation>
    </message>
    <message>
        <source>the border of {town}</source>
        <translation>{town}界</translation>
    </message>
    <message>
        <source>the budget</source>
        <translation>估算投资</translation>
    </message>
    <message>
        <source>the check after {months} months, due {day}</source>
        <translation>{months}个月检查（应于{day}完成）</translation>
    </message>
    <message>
        <source>the day of acceptance</source>
        <translation>验收日期</translation>
    </message>
    <message>
        <source>the day of the move and who answers for it are needed</source>
        <translation>须填流转日期和经办人</translation>
    </message>
    <message>
        <source>the day {day} lies before the last move or after {today}</source>
        <translation>日期{day}早于上一次流转或晚于{today}</translation>
    </message>
    <message>
        <source>the decision on {no} lacks {fields}</source>
        <translation>{no}的核查结论缺少{fields}</translation>
    </message>
    <message>
        <source>the edge of the forest</source>
        <translation>林缘</translation>
    </message>
    <message>
        <source>the list is empty</source>
        <translation>清单是空的</translation>
    </message>
    <message>
        <source>the measure</source>
        <translation>治理措施</translation>
    </message>
    <message>
        <source>the move from {current} to {following} lacks {proof}</source>
        <translation>由{current}转为{following}缺少{proof}</translation>
    </message>
    <message>
        <source>the number of the document</source>
        <translation>依据文件文号</translation>
    </message>
    <message>
        <source>the planned end</source>
        <translation>计划完成时间</translation>
    </message>
    <message>
        <source>the responsible unit</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>the site is already in this status: {status}</source>
        <translation>图斑已是该状态：{status}</translation>
    </message>
    <message>
        <source>third land survey, final 4-digit codes</source>
        <translation>三调终版地类（4 位）</translation>
    </message>
    <message>
        <source>town</source>
        <translation>镇（街道、林场）</translation>
    </message>
    <message>
        <source>type, town_code, found_at, accepted_at, closed_at; points give hot spots.</source>
        <translation>type、town_code、found_at、accepted_at、closed_at；点可得热点。</translation>
    </message>
    <message>
        <source>village</source>
        <translation>村</translation>
    </message>
    <message>
        <source>visibility not computed: it lies off the DEM</source>
        <translation>未计算可视性：图斑不在 DEM 范围内</translation>
    </message>
    <message>
        <source>visibility not computed: no DEM</source>
        <translation>未计算可视性：没有 DEM</translation>
    </message>
    <message>
        <source>was in no grid</source>
        <translation>原不在任何网格</translation>
    </message>
    <message>
        <source>was in no grid last year</source>
        <translation>上年不属于任何网格</translation>
    </message>
    <message>
        <source>was judged 误判 on {day}: {reason}</source>
        <translation>已于{day}判为误判：{reason}</translation>
    </message>
    <message>
        <source>was repaired ({reason})</source>
        <translation>已修复（{reason}）</translation>
    </message>
    <message>
        <source>weights and points of a ranking rule set must be objects.</source>
        <translation>排序规则集的 weights 和 points 须为对象。</translation>
    </message>
    <message>
        <source>{area} m² of stand {stand} lie outside the polygon of its grid {grid}.</source>
        <translation>小班 {stand} 有 {area} 平方米在所属网格 {grid} 的图形之外。</translation>
    </message>
    <message>
        <source>{band}: × {gain:.3f} + {offset:.3f} from {n} reference cells.</source>
        <translation>{band}：× {gain:.3f} + {offset:.3f}，依据 {n} 个参照像元。</translation>
    </message>
    <message>
        <source>{changed} percent of the forest changes hands, more than the {allowed} percent allowed: repairs of enclaves, vacancies and bounds come first.</source>
        <translation>调整面积占 {changed} %，超过允许的 {allowed} %：修复飞地、空缺和上下限优先。</translation>
    </message>
    <message>
        <source>{column} holds no areas; geometric areas count everywhere.</source>
        <translation>{column} 没有面积数值，一律采用图形面积。</translation>
    </message>
    <message>
        <source>{column} is in {unit}: {percent} % of the stands agree with their drawing.</source>
        <translation>{column} 的单位是 {unit}：{percent} % 的小班与图形面积相符。</translation>
    </message>
    <message>
        <source>{column}: 0303 and 0304 ({n} stands) can mean mangrove and forest swamp (land survey) or shrub land and other forest land (forestry variant); the {chosen} was taken. Set LAND_CODES to decide; the forest area is the same.</source>
        <translation>{column}：0303、0304（{n} 个小班）可能指红树林地、森林沼泽（三调），也可能指灌木林地、其他林地（林业版）；现按{chosen}处理。可用 LAND_CODES 指定；林地总面积不受影响。</translation>
    </message>
    <message>
        <source>{column}: 0303 and 0304 are read as shrub land and other forest land, for mangroves do not grow in this province; set LAND_CODES if that is wrong.</source>
        <translation>{column}：本省不产红树林，0303、0304 按灌木林地、其他林地处理；如不对请指定 LAND_CODES。</translation>
    </message>
    <message>
        <source>{cut} stands are cut by grids, {gaps} forest stands are in no grid.</source>
        <translation>{cut} 个小班被网格切割，{gaps} 个林地小班不在任何网格内。</translation>
    </message>
    <message>
        <source>{distance:.0f} m from {corridor}</source>
        <translation>距 {corridor} {distance:.0f} 米</translation>
    </message>
    <message>
        <source>{done} of {least} days in part {n} of the month (旬).</source>
        <translation>本月第 {n} 旬巡护 {done} 天，要求至少 {least} 天。</translation>
    </message>
    <message>
        <source>{done} of {owed} days.</source>
        <translation>应巡 {owed} 天，实巡 {done} 天。</translation>
    </message>
    <message>
        <source>{errors} errors, {warnings} warnings.</source>
        <translation>{errors} 个错误，{warnings} 个警告。</translation>
    </message>
    <message>
        <source>{field} is longer than {n} characters; cut</source>
        <translation>{field}超过{n}个字符，已截短</translation>
    </message>
    <message>
        <source>{field} was read as shares of 1</source>
        <translation>{field}按小数（百分比格式）读取</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason}); open it in Excel or WPS and save it as .xlsx.</source>
        <translation>无法读取 {file}（{reason}）；请用 Excel 或 WPS 打开后另存为 .xlsx。</translation>
    </message>
    <message>
        <source>{file} has no event with a time of being found; check its columns.</source>
        <translation>{file} 中没有带发现时间的事件；请检查列名。</translation>
    </message>
    <message>
        <source>{file} has no objection that can be used; check its columns.</source>
        <translation>{file} 中没有可用的申诉；请检查列名。</translation>
    </message>
    <message>
        <source>{file} has no row of column titles such as {titles}; add one.</source>
        <translation>{file} 没有表头（如 {titles}）；请补上。</translation>
    </message>
    <message>
        <source>{file} has no row with a day off duty that can be used; check its columns.</source>
        <translation>{file} 中没有可用的请假或免巡记录；请检查列名。</translation>
    </message>
    <message>
        <source>{file} has no row with a person, a day and a time; check its columns.</source>
        <translation>{file} 中没有同时含人员、日期和时长的行；请检查列名。</translation>
    </message>
    <message>
        <source>{file} has no village groups, key places or appeals; check its headings.</source>
        <translation>{file} 中没有村小组、重点部位或诉求，请检查表头。</translation>
    </message>
    <message>
        <source>{file} holds XML that no office program writes; not opened.</source>
        <translation>{file} 含有办公软件不会写出的 XML，未打开。</translation>
    </message>
    <message>
        <source>{file} holds no check-in; it needs a person, a time and a zone or position.</source>
        <translation>{file} 中没有签到记录；须有人员、时间以及区域或位置。</translation>
    </message>
    <message>
        <source>{file} is larger than any roster; take the table out of it.</source>
        <translation>{file} 过大，不像花名册；请只保留所需表格。</translation>
    </message>
    <message>
        <source>{file} is no XLSX or CSV file; save it as .xlsx in Excel or WPS.</source>
        <translation>{file} 不是 XLSX 或 CSV；请用 Excel 或 WPS 另存为 .xlsx。</translation>
    </message>
    <message>
        <source>{file}: no row can be used: {reason}.</source>
        <translation>{file}：没有可用的行：{reason}。</translation>
    </message>
    <message>
        <source>{first} with {second}</source>
        <translation>{first}，同时 {second}</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}、{second}</translation>
    </message>
    <message>
        <source>{fixes} fixes; {repeats} repeats were left out.</source>
        <translation>{fixes} 个定位点；略去重复 {repeats} 个。</translation>
    </message>
    <message>
        <source>{good} rows were taken, {bad} refused.</source>
        <translation>采用 {good} 行，未采用 {bad} 行。</translation>
    </message>
    <message>
        <source>{groups} village groups, {hills} hills with key places, {appeals} appeals imported; {refused} rows refused.</source>
        <translation>导入村小组{groups}个、重点部位{hills}处、诉求{appeals}条；拒收{refused}行。</translation>
    </message>
    <message>
        <source>{id} is assigned to {grid} outside the time on duty ({begun} to {left}).</source>
        <translation>{id} 在 {grid} 的责任日期超出在岗期（{begun} 至 {left}）。</translation>
    </message>
    <message>
        <source>{id} of grid {grid} has no phone for the board.</source>
        <translation>网格 {grid} 的 {id} 没有公示电话。</translation>
    </message>
    <message>
        <source>{id} of grid {grid}: agreement to publication is not recorded.</source>
        <translation>网格 {grid} 的 {id} 未登记同意公示。</translation>
    </message>
    <message>
        <source>{id}, full-time ranger of {grid}, is in the roster as {role}.</source>
        <translation>{grid} 的专职护林员 {id} 在花名册中身份为 {role}。</translation>
    </message>
    <message>
        <source>{kept} of {before} grids go on, {new} are new and {gone} end; {moved} stands of {mu} mu ({percent} percent) change hands.</source>
        <translation>{before} 个网格中延续 {kept} 个，新设 {new} 个，撤销 {gone} 个；调整小班 {moved} 个、{mu} 亩（{percent} %）。</translation>
    </message>
    <message>
        <source>{kind}: {points}</source>
        <translation>{kind}：{points}</translation>
    </message>
    <message>
        <source>{km} of the {least} km required (platform).</source>
        <translation>平台里程 {km} 公里，应满 {least} 公里。</translation>
    </message>
    <message>
        <source>{km} of the {least} km required in the own grid.</source>
        <translation>在责任网格内 {km} 公里，要求 {least} 公里。</translation>
    </message>
    <message>
        <source>{km} of the {least} km required.</source>
        <translation>{km} 公里，要求 {least} 公里。</translation>
    </message>
    <message>
        <source>{layer} has no column of codes (区划代码) or names (名称); give FIELD_MAP.</source>
        <translation>{layer} 没有区划代码或名称列，请用 FIELD_MAP 指定。</translation>
    </message>
    <message>
        <source>{layer} has no column of grid codes or rangers; give CODE_FIELD or RANGER_FIELD.</source>
        <translation>{layer} 没有网格编号或护林员列，请指定 CODE_FIELD 或 RANGER_FIELD。</translation>
    </message>
    <message>
        <source>{layer} has no column of stands (小班标识, or 林班 and 小班).</source>
        <translation>{layer} 没有小班列（小班标识，或林班和小班）。</translation>
    </message>
    <message>
        <source>{layer} has no field grid_code; give a grid layer of this plugin.</source>
        <translation>{layer} 没有 grid_code 字段；请给本插件的网格图层。</translation>
    </message>
    <message>
        <source>{layer} has no field {field}; give the STAND_GRID output of optimizegrids.</source>
        <translation>{layer} 没有字段 {field}；请给 optimizegrids 的 STAND_GRID 输出。</translation>
    </message>
    <message>
        <source>{layer} has no field {field}; give the layer that optimizegrids made.</source>
        <translation>{layer} 没有字段 {field}；请给出 optimizegrids 生成的图层。</translation>
    </message>
    <message>
        <source>{layer} has no field {field}; it is needed (person_id, name, town_code, previous_grid_code).</source>
        <translation>{layer} 没有字段 {field}；此字段必需（person_id、name、town_code、previous_grid_code）。</translation>
    </message>
    <message>
        <source>{layer} is in {datum}: its shift to CGCS2000 is unknown here and up to 100 m; have it converted by the survey bureau before it meets other layers.</source>
        <translation>{layer} 为{datum}坐标：与 2000 国家大地坐标系的差值不详（可达 100 米）；与其他图层叠加前请由测绘部门转换。</translation>
    </message>
    <message>
        <source>{layer} lies nowhere within {km:.0f} km of a site and changes no rank; check its area and CRS.</source>
        <translation>{layer} 在所有图斑 {km:.0f} 公里范围内均无要素，不影响排序；请检查其范围和坐标系。</translation>
    </message>
    <message>
        <source>{layer}: field {field} holds no areas; choose another field or none.</source>
        <translation>{layer}：字段 {field} 不是面积；请另选字段或不选。</translation>
    </message>
    <message>
        <source>{layer}: field {field} is empty; give the field with the town codes.</source>
        <translation>{layer}：字段 {field} 为空；请给乡镇代码字段。</translation>
    </message>
    <message>
        <source>{layer}: grid code {code} occurs twice; make the codes unique.</source>
        <translation>{layer}：网格编号 {code} 出现两次；编号必须唯一。</translation>
    </message>
    <message>
        <source>{layer}: last year's grid {grid} of ranger {person} is in no stand; correct the code or leave it empty.</source>
        <translation>{layer}：护林员 {person} 的上年网格 {grid} 不含任何小班；请改正编号或留空。</translation>
    </message>
    <message>
        <source>{layer}: person {person} has a negative capacity_mu; correct it.</source>
        <translation>{layer}：人员 {person} 的 capacity_mu 为负；请改正。</translation>
    </message>
    <message>
        <source>{layer}: person {person} occurs twice; a full-time ranger has one post.</source>
        <translation>{layer}：人员 {person} 出现两次；专职护林员只有一个岗位。</translation>
    </message>
    <message>
        <source>{layer}: ranger {person} is in town {town}, where no stand lies; correct the town_code.</source>
        <translation>{layer}：护林员 {person} 所在乡镇 {town} 没有小班；请改正 town_code。</translation>
    </message>
    <message>
        <source>{layer}: row {row} has no geometry; delete it or draw it.</source>
        <translation>{layer}：第 {row} 行没有几何；请删除或补画。</translation>
    </message>
    <message>
        <source>{layer}: row {row} has no grid_code; run numbergrids first.</source>
        <translation>{layer}：第 {row} 行没有 grid_code；请先运行“网格编号”。</translation>
    </message>
    <message>
        <source>{layer}: row {row} has no value in {field}; every stand needs its own id.</source>
        <translation>{layer}：第 {row} 行的 {field} 为空；每个小班都要有标识。</translation>
    </message>
    <message>
        <source>{layer}: stand id {stand} in {field} occurs {n} times; make the ids unique.</source>
        <translation>{layer}：{field} 中小班标识 {stand} 出现 {n} 次；标识必须唯一。</translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no area; delete it or correct its outline.</source>
        <translation>{layer}：小班 {stand} 没有面积；请删除或改正边界。</translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no geometry; delete it or draw it.</source>
        <translation>{layer}：小班 {stand} 没有几何；请删除或补画。</translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no town in {field}; fill it in.</source>
        <translation>{layer}：小班 {stand} 的 {field} 未填乡镇；请填写。</translation>
    </message>
    <message>
        <source>{layer}: stand {stand} has no workload or a negative one; fill it in.</source>
        <translation>{layer}：小班 {stand} 的工作量为空或为负；请填写。</translation>
    </message>
    <message>
        <source>{layer}: stand {stand} is no polygon; run importstands or choose a polygon layer.</source>
        <translation>{layer}：小班 {stand} 不是面；请运行“导入小班”或选择面图层。</translation>
    </message>
    <message>
        <source>{layer}: the eastings do not fit {said} (zone prefix mixed up); they were read as {meant}.</source>
        <translation>{layer}：横坐标与 {said} 不符（带号混淆），已按 {meant} 读取。</translation>
    </message>
    <message>
        <source>{layer}: the lock of stand {stand} is not 0, 1 or 2; correct it.</source>
        <translation>{layer}：小班 {stand} 的锁定值不是 0、1、2；请改正。</translation>
    </message>
    <message>
        <source>{layer}: the outline of stand {stand} crosses itself; run importstands, which repairs it, or Fix geometries.</source>
        <translation>{layer}：小班 {stand} 的边界自相交；请运行“导入小班”（可修复），或用“修正几何”。</translation>
    </message>
    <message>
        <source>{layer}: town {town} has {n} stands but no post; add a ranger or a vacant post (a row with an empty person_id).</source>
        <translation>{layer}：乡镇 {town} 有 {n} 个小班但没有岗位；请增加护林员或空缺岗位（person_id 为空的一行）。</translation>
    </message>
    <message>
        <source>{layer}: town {town} has {posts} posts but only {n} stands; remove posts or split stands.</source>
        <translation>{layer}：乡镇 {town} 有 {posts} 个岗位，但只有 {n} 个小班；请减少岗位或切分小班。</translation>
    </message>
    <message>
        <source>{minutes} minutes in stops of more than {long} minutes.</source>
        <translation>停留超过 {long} 分钟的时间共 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{minutes} minutes ridden (faster than {speed} km/h).</source>
        <translation>乘车 {minutes} 分钟（快于 {speed} 公里/小时）。</translation>
    </message>
    <message>
        <source>{minutes} minutes without fixes were bridged.</source>
        <translation>补接无定位 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>{minutes} of the {least} minutes required (platform).</source>
        <translation>平台时长 {minutes} 分钟，应满 {least} 分钟。</translation>
    </message>
    <message>
        <source>{minutes} of the {least} minutes required in the own grid.</source>
        <translation>在责任网格内 {minutes} 分钟，要求 {least} 分钟。</translation>
    </message>
    <message>
        <source>{minutes} of the {least} minutes required.</source>
        <translation>{minutes} 分钟，要求 {least} 分钟。</translation>
    </message>
    <message>
        <source>{month} has been issued and corrected; it can no longer be replaced.</source>
        <translation>{month} 已发布并更正过，不能再替换。</translation>
    </message>
    <message>
        <source>{month} has no correction {number}; the last is {last}.</source>
        <translation>{month} 没有第 {number} 次更正；最后一次是第 {last} 次。</translation>
    </message>
    <message>
        <source>{month} has no upheld objection that is not applied yet; decide on one first.</source>
        <translation>{month} 没有尚未计入的已采纳申诉；请先处理申诉。</translation>
    </message>
    <message>
        <source>{month} has results already; tick REPLACE to put these in their place.</source>
        <translation>{month} 已有结果；如要替换请勾选 REPLACE。</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} has {n} units for {k} grids; ask for at most as many grids as units.</source>
        <translation>{name} 只有 {n} 个单元，却要划分 {k} 个网格；网格数不能多于单元数。</translation>
    </message>
    <message>
        <source>{name} is no GeoPackage file; workspaces in PostgreSQL are not supported yet. Give the path of a .gpkg file.</source>
        <translation>{name} 不是 GeoPackage 文件；暂不支持 PostgreSQL 工作区。请给出 .gpkg 文件的路径。</translation>
    </message>
    <message>
        <source>{name} is not on the roster</source>
        <translation>{name}不在花名册中</translation>
    </message>
    <message>
        <source>{name} is the name of {n} persons; give the person's id instead</source>
        <translation>有 {n} 人叫{name}，请改填人员编号</translation>
    </message>
    <message>
        <source>{new} new candidates wait for review, {again} seen again; {known} known sites unchanged, {judged} judged mistaken before.</source>
        <translation>新增待核查{new}处，再次发现{again}处；台账未变{known}处，曾判误判{judged}处。</translation>
    </message>
    <message>
        <source>{n} bands without titles: taken for {sensor}; set BANDS if that is wrong.</source>
        <translation>{n} 个波段没有名称：按 {sensor} 处理；如有误请设置 BANDS。</translation>
    </message>
    <message>
        <source>{n} bytes after the end of the FIT file are no FIT file.</source>
        <translation>FIT 文件结尾之后还有 {n} 个字节，不是 FIT 文件。</translation>
    </message>
    <message>
        <source>{n} candidates, {new} of them new; {gone} known sites are bare no more.</source>
        <translation>疑似 {n} 处，其中新增 {new} 处；已知图斑中 {gone} 处不再裸露。</translation>
    </message>
    <message>
        <source>{n} checks are overdue.</source>
        <translation>有{n}项检查已逾期。</translation>
    </message>
    <message>
        <source>{n} checks imported, {refused} rows refused.</source>
        <translation>导入检查{n}条，拒收{refused}行。</translation>
    </message>
    <message>
        <source>{n} fixes at home or in long stays off duty were not kept.</source>
        <translation>{n} 个在家或非巡护长时间停留的定位点未保存。</translation>
    </message>
    <message>
        <source>{n} fixes of this file were read before (same person, time and place).</source>
        <translation>本文件有 {n} 个定位点此前已读入（同一人员、时间和位置）。</translation>
    </message>
    <message>
        <source>{n} fixes of {months} months were deleted; results stay.</source>
        <translation>已删除 {months} 个月的 {n} 个定位点；结果保留。</translation>
    </message>
    <message>
        <source>{n} fixes of {months} months would be deleted.</source>
        <translation>将删除 {months} 个月的 {n} 个定位点。</translation>
    </message>
    <message>
        <source>{n} fixes were read from the workspace.</source>
        <translation>从工作空间读取了 {n} 个定位点。</translation>
    </message>
    <message>
        <source>{n} grids got codes of the usual form ({sample}).</source>
        <translation>{n} 个网格改为规范编号（{sample}）。</translation>
    </message>
    <message>
        <source>{n} grids have no full-time ranger.</source>
        <translation>{n} 个网格没有专职护林员。</translation>
    </message>
    <message>
        <source>{n} grids imported, {refused} rows refused.</source>
        <translation>导入 {n} 个网格，退回 {refused} 行。</translation>
    </message>
    <message>
        <source>{n} grids of last year have no post this year and are dissolved: {codes}.</source>
        <translation>上年有 {n} 个网格本年没有岗位，予以撤销：{codes}。</translation>
    </message>
    <message>
        <source>{n} grids of {year} adopted, {assigned} with a full-time ranger.</source>
        <translation>已采用 {year} 年网格 {n} 个，其中 {assigned} 个有专职护林员。</translation>
    </message>
    <message>
        <source>{n} grids taken over into {year}; {vacant} have no ranger on duty.</source>
        <translation>{n} 个网格结转到 {year} 年；其中 {vacant} 个没有在岗护林员。</translation>
    </message>
    <message>
        <source>{n} hills lack a ranger somewhere.</source>
        <translation>{n} 座山头有无人负责的部分。</translation>
    </message>
    <message>
        <source>{n} hills.</source>
        <translation>{n} 座山头。</translation>
    </message>
    <message>
        <source>{n} impossible steps; the worst: {km} km in {seconds} s.</source>
        <translation>{n} 步不可能的移动；最甚者 {seconds} 秒行 {km} 公里。</translation>
    </message>
    <message>
        <source>{n} jumps of {metre} m that equal the offset between WGS84 and GCJ-02.</source>
        <translation>{n} 次 {metre} 米的跳动，等于 WGS84 与 GCJ-02 的偏移。</translation>
    </message>
    <message>
        <source>{n} moves, {refused} rows refused.</source>
        <translation>流转{n}次，拒绝{refused}行。</translation>
    </message>
    <message>
        <source>{n} new fixes were kept beside the workspace.</source>
        <translation>已在工作区旁保存 {n} 个新定位点。</translation>
    </message>
    <message>
        <source>{n} objections make correction {revision} of {month}.</source>
        <translation>{n} 件申诉构成 {month} 第 {revision} 次更正。</translation>
    </message>
    <message>
        <source>{n} of them look like something else or lie along a mask: see their reason; {sure} are without doubt.</source>
        <translation>其中 {n} 个像别的地物或位于排除面边缘，见存疑理由；{sure} 个无疑点。</translation>
    </message>
    <message>
        <source>{n} pages of grid maps in {path}.</source>
        <translation>网格图 {n} 页，已存 {path}。</translation>
    </message>
    <message>
        <source>{n} pairs of stands overlap by {mu} mu together, most {first} and {second}; what they share counts for both: correct one of them.</source>
        <translation>{n} 对小班相互重叠，共 {mu} 亩，最多的是 {first} 与 {second}；重叠部分两边都计，请改正其一。</translation>
    </message>
    <message>
        <source>{n} patches ({mu:.1f} mu) look so much like what is masked that they are no candidates; set CONFIDENCE_MIN to 0 to see them.</source>
        <translation>另有 {n} 块（{mu:.1f} 亩）与掩膜内的地类极为相像，未列为疑似图斑；要查看请把 CONFIDENCE_MIN 设为 0。</translation>
    </message>
    <message>
        <source>{n} persons have no home, not even presumed: import stands or boundaries.</source>
        <translation>{n} 人没有住址，也无法推定：请导入小班或行政界线。</translation>
    </message>
    <message>
        <source>{n} persons imported, {refused} rows refused.</source>
        <translation>导入 {n} 人，退回 {refused} 行。</translation>
    </message>
    <message>
        <source>{n} persons of the traces are not on the roster; they are in no rate.</source>
        <translation>轨迹中有 {n} 人不在花名册，不计入任何比率。</translation>
    </message>
    <message>
        <source>{n} places were found where barriers can be crossed.</source>
        <translation>找到 {n} 处可以通过阻隔的地点。</translation>
    </message>
    <message>
        <source>{n} posts are vacant.</source>
        <translation>{n} 个岗位空缺。</translation>
    </message>
    <message>
        <source>{n} ranger-months were moved to WGS84.</source>
        <translation>{n} 个护林员月已转换为 WGS84。</translation>
    </message>
    <message>
        <source>{n} rangers have no grid and can assist: {ids}.</source>
        <translation>{n} 名护林员没有网格，可作协管：{ids}。</translation>
    </message>
    <message>
        <source>{n} rangers' homes are presumed, not surveyed.</source>
        <translation>{n} 名护林员的住址为推定，并非实测。</translation>
    </message>
    <message>
        <source>{n} rows are of other counties than {county}: {codes}; they were imported.</source>
        <translation>{n} 行不属于 {county}，而属于 {codes}；已照常导入。</translation>
    </message>
    <message>
        <source>{n} rows hold ID numbers; they were read over and are stored nowhere.</source>
        <translation>{n} 行含身份证号，读过即弃，未作任何保存。</translation>
    </message>
    <message>
        <source>{n} rows of {layer} were left out; the first: {reason}</source>
        <translation>略去 {layer} 的 {n} 行；第一行的原因：{reason}</translation>
    </message>
    <message>
        <source>{n} rows say no role; they count as full-time rangers.</source>
        <translation>{n} 行没有写身份，按专职护林员计。</translation>
    </message>
    <message>
        <source>{n} sites imported, {refused} rows refused.</source>
        <translation>导入 {n} 处图斑，拒绝 {refused} 行。</translation>
    </message>
    <message>
        <source>{n} stands have no official area.</source>
        <translation>{n} 个小班没有填报面积。</translation>
    </message>
    <message>
        <source>{n} stands imported, {refused} rows refused.</source>
        <translation>导入 {n} 个小班，退回 {refused} 行。</translation>
    </message>
    <message>
        <source>{n} stands of the workspace are not in this file.</source>
        <translation>工作区有 {n} 个小班不在此文件中。</translation>
    </message>
    <message>
        <source>{n} stands' official area deviates from geometry by more than the limit; the {used} area counts for them ({stands} …).</source>
        <translation>{n} 个小班的填报面积与图形面积相差超限；按{used}面积计（{stands} 等）。</translation>
    </message>
    <message>
        <source>{n} steps at {speed} km/h that differ by only {percent} %.</source>
        <translation>{n} 步时速 {speed} 公里，相差仅 {percent} %。</translation>
    </message>
    <message>
        <source>{n} towns have names only; their codes are made up ({names}). Import boundaries or a list of codes and names first to have the real ones.</source>
        <translation>{n} 个乡镇只有名称，代码为临时编制（{names}）。先导入行政界线或代码名称对照表即可用真实代码。</translation>
    </message>
    <message>
        <source>{n} units imported, {refused} rows refused.</source>
        <translation>导入 {n} 个行政单位，退回 {refused} 行。</translation>
    </message>
    <message>
        <source>{n} villages have names only; their codes are made up.</source>
        <translation>{n} 个村只有名称，代码为临时编制。</translation>
    </message>
    <message>
        <source>{parameter} has no field site_code; add it.</source>
        <translation>{parameter} 没有 site_code 字段；请添加。</translation>
    </message>
    <message>
        <source>{parameter} has no field {field}; choose the output of {algorithm}.</source>
        <translation>{parameter} 没有字段 {field}；请选择 {algorithm} 的输出。</translation>
    </message>
    <message>
        <source>{parameter} has no field {field}; it needs {needed}.</source>
        <translation>{parameter} 没有字段 {field}；需要 {needed}。</translation>
    </message>
    <message>
        <source>{parameter} has no polygons.</source>
        <translation>{parameter} 没有面要素。</translation>
    </message>
    <message>
        <source>{parameter} has no polygons; choose the candidates.</source>
        <translation>{parameter} 没有面要素，请选择疑似图斑图层。</translation>
    </message>
    <message>
        <source>{parameter} is empty and the workspace has none; choose a layer.</source>
        <translation>{parameter} 为空，工作空间中也没有；请选择图层。</translation>
    </message>
    <message>
        <source>{parameter} is missing; choose a layer.</source>
        <translation>缺少 {parameter}，请选择图层。</translation>
    </message>
    <message>
        <source>{parameter}: field {field} of the input is left out, as a GeoPackage keeps that name for itself; rename it to keep it.</source>
        <translation>{parameter}：输入图层的字段 {field} 未写入，因为 GeoPackage 自用这个名称；要保留请先给字段改名。</translation>
    </message>
    <message>
        <source>{parameter}: layer {layer} has no {shapes}; choose a layer of {shapes}.</source>
        <translation>{parameter}：图层 {layer} 中没有{shapes}；请选择{shapes}图层。</translation>
    </message>
    <message>
        <source>{parameter}: site_code {code} stands twice; codes must be unique.</source>
        <translation>{parameter}：site_code {code} 出现两次；编号必须唯一。</translation>
    </message>
    <message>
        <source>{parameter}: the geometry of row {row} crosses itself; repair it first.</source>
        <translation>{parameter}：第 {row} 行的图形自相交，请先修复。</translation>
    </message>
    <message>
        <source>{parameter}: the layer has no CRS; set the one it was drawn in.</source>
        <translation>{parameter}：图层没有坐标系，请设置其绘制时的坐标系。</translation>
    </message>
    <message>
        <source>{parameter}: the layer has no field {field}; choose a layer that has it.</source>
        <translation>{parameter}：图层没有字段 {field}；请选择有该字段的图层。</translation>
    </message>
    <message>
        <source>{parameter}: the layer has no field {field}; its fields are {fields}.</source>
        <translation>{parameter}：图层没有字段 {field}；现有字段 {fields}。</translation>
    </message>
    <message>
        <source>{parameter}: the layer has no text field with names; give NAME_FIELD.</source>
        <translation>{parameter}：图层没有名称文本字段；请给出 NAME_FIELD。</translation>
    </message>
    <message>
        <source>{parameter}: {text} is no date; write it as 2024-03-15.</source>
        <translation>{parameter}：{text} 不是日期，请写成 2024-03-15。</translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be opened as a layer; check the path.</source>
        <translation>{parameter}：{value} 无法作为图层打开；请检查路径。</translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be opened as a raster; check the path.</source>
        <translation>{parameter}：{value} 无法作为栅格打开；请检查路径。</translation>
    </message>
    <message>
        <source>{parameter}: {value} cannot be written; check the folder and free space.</source>
        <translation>{parameter}：{value} 无法写入；请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>{parameter}: {value} is no number; correct it.</source>
        <translation>{parameter}：{value} 不是有效数字，请改正。</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}.</source>
        <translation>{path} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); check the folder and free space.</source>
        <translation>{path} 无法写入（{reason}）；请检查文件夹和剩余空间。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); close it in Excel or WPS and try again.</source>
        <translation>{path} 无法写入（{reason}），请在 Excel 或 WPS 中关闭后重试。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}. Close it elsewhere, or check free space.</source>
        <translation>{path} 无法写入：{reason}。请在别处关闭它，或检查剩余空间。</translation>
    </message>
    <message>
        <source>{path} cannot be written; close it in Excel or choose another folder.</source>
        <translation>无法写入 {path}；请在 Excel 中关闭该文件或另选文件夹。</translation>
    </message>
    <message>
        <source>{path} cannot be written; close it in Word or choose another folder.</source>
        <translation>无法写入 {path}；请在 Word 中关闭该文件或另选文件夹。</translation>
    </message>
    <message>
        <source>{path} does not exist; check the path.</source>
        <translation>{path} 不存在；请检查路径。</translation>
    </message>
    <message>
        <source>{path} exists already; choose another file, or tick OVERWRITE (it is kept).</source>
        <translation>{path} 已存在；请另选文件，或勾选 OVERWRITE（原文件会保留）。</translation>
    </message>
    <message>
        <source>{path} holds no file of traces; choose another.</source>
        <translation>{path} 中没有轨迹文件；请另选。</translation>
    </message>
    <message>
        <source>{path} holds other data and no workspace; choose the workspace's file.</source>
        <translation>{path} 里是其他数据，不是工作区；请选择工作区文件。</translation>
    </message>
    <message>
        <source>{path} is a folder; choose the workspace's file.</source>
        <translation>{path} 是文件夹；请选择工作区文件。</translation>
    </message>
    <message>
        <source>{path} is not a Linzhang workspace; make one with Create workspace.</source>
        <translation>{path} 不是林长工作区；请用“创建工作区”建立。</translation>
    </message>
    <message>
        <source>{path} is restored; what was there is kept as {kept}.</source>
        <translation>{path} 已恢复；原文件另存为 {kept}。</translation>
    </message>
    <message>
        <source>{path}: format {before} → {now}; the file as it was is kept as {kept}.</source>
        <translation>{path}：格式 {before} → {now}；原文件另存为 {kept}。</translation>
    </message>
    <message>
        <source>{path}: table {table} does not read back as it was written.</source>
        <translation>{path}：表 {table} 写出后读回不一致。</translation>
    </message>
    <message>
        <source>{percent} % of the minutes in the own grid, {least} % required.</source>
        <translation>在责任网格内的时间占 {percent} %，要求 {least} %。</translation>
    </message>
    <message>
        <source>{percent} % of the way was walked before this month; at most {most} % may be.</source>
        <translation>{percent} % 的路线在本月之前走过；至多允许 {most} %。</translation>
    </message>
    <message>
        <source>{percent} % of {n} moving fixes lie within {metre} m of the straight line at even speed between their neighbours.</source>
        <translation>{n} 个移动定位点中有 {percent} % 位于前后点匀速直线的 {metre} 米之内。</translation>
    </message>
    <message>
        <source>{person} marks the person, * anything: {person}_*. Empty: guessed.</source>
        <translation>{person} 表示人员，* 表示任意：{person}_*。留空则推测。</translation>
    </message>
    <message>
        <source>{posts} posts instead of {had} (without {names})</source>
        <translation>岗位由 {had} 个减为 {posts} 个（去掉 {names}）</translation>
    </message>
    <message>
        <source>{posts} posts instead of {had} ({n} vacant posts more)</source>
        <translation>岗位由 {had} 个增为 {posts} 个（增加空岗 {n} 个）</translation>
    </message>
    <message>
        <source>{ridden} of {minutes} minutes were ridden.</source>
        <translation>{minutes} 分钟中乘车 {ridden} 分钟。</translation>
    </message>
    <message>
        <source>{share:.0%} of the image has no heights: nothing was looked for there.</source>
        <translation>影像有 {share:.0%} 的范围没有高程，该处未做提取。</translation>
    </message>
    <message>
        <source>{status} is no decision; write 已核实 or 误判</source>
        <translation>{status}不是核查结论，请填“已核实”或“误判”</translation>
    </message>
    <message>
        <source>{text} is no date; write it like 2025-03-01.</source>
        <translation>{text} 不是日期；请写成 2025-03-01 的形式。</translation>
    </message>
    <message>
        <source>{title}: {n}</source>
        <translation>{title}：{n}</translation>
    </message>
    <message>
        <source>{town}: {grids} grids, {rangers} rangers, worst deviation {before} → {after} %, changed {changed} % (must {must} %), disconnected {apart}.</source>
        <translation>{town}：{grids} 个网格，{rangers} 名护林员，最大偏差 {before} → {after} %，调整 {changed} %（必须 {must} %），不连通 {apart} 个。</translation>
    </message>
    <message>
        <source>{unused} of the {given} points with a name named no hill: another point lies nearer to the peak, or no hill lies there.</source>
        <translation>{given} 个有名称的点中有 {unused} 个未用于命名山头：另有点离峰顶更近，或该处没有山头。</translation>
    </message>
    <message>
        <source>{value} in {field} is neither yes nor no; left empty</source>
        <translation>{field}的“{value}”不是“是”或“否”，已留空</translation>
    </message>
    <message>
        <source>{value} in {field} is no date; left empty</source>
        <translation>{field} 中的 {value} 不是日期；已留空</translation>
    </message>
    <message>
        <source>{value} in {field} is no number; left empty</source>
        <translation>{field} 中的 {value} 不是数字；已留空</translation>
    </message>
    <message>
        <source>{value} in {field} is out of range; left empty</source>
        <translation>{field}的“{value}”超出范围，已留空</translation>
    </message>
    <message>
        <source>{value} is no {domain}; left empty</source>
        <translation>{value} 不是 {domain}；已留空</translation>
    </message>
    <message>
        <source>{verdict} Evened out on unchanged ground found in the images: no REFERENCE.</source>
        <translation>{verdict}归一依据为影像中自动找到的未变化地面（未给 REFERENCE）。</translation>
    </message>
    <message>
        <source>{verdict} Images not evened out: no REFERENCE.</source>
        <translation>{verdict}影像未归一（未给 REFERENCE）。</translation>
    </message>
    <message>
        <source>{verified} verified ({new} new in the register), {mistaken} mistaken, {refused} rows refused.</source>
        <translation>已核实{verified}处（新入台账{new}处），误判{mistaken}处，拒绝{refused}行。</translation>
    </message>
    <message>
        <source>{who} is not on the roster, or several have that name.</source>
        <translation>花名册中没有 {who}，或有重名。</translation>
    </message>
    <message>
        <source>{year} has a plan already ({status}); tick REPLACE to put this one in its place.</source>
        <translation>{year} 年已有方案（{status}）；要替换请勾选 REPLACE。</translation>
    </message>
    <message>
        <source>… and {n} more rows, not shown here.</source>
        <translation>……另有 {n} 行未在此列出。</translation>
    </message>
    <message>
        <source>林班 and 小班 numbers repeat in {n} rows and cannot identify stands.</source>
        <translation>林班、小班号有 {n} 行重复，不能作为小班标识。</translation>
    </message>
</context>
</TS>
