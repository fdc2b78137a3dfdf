"""Names that offices give to the columns of their files, field by field.

Aliases are separated by blanks, the likelier ones first; they are compared without case and
punctuation (see :mod:`linzhang_plugin.core.tables.intake.names`). Sources: the one-map and
land-change tables (pinyin names cut to 10 bytes), provincial variants and usual roster titles.
"""

from __future__ import annotations

STAND_ALIASES: dict[str, str] = {
    "stand_id": "stand_id standid 小班标识 小班唯一码 xbid xiaobanid",
    "own_id": (
        "bsm 标识码 唯一标识 小班标识码 id objectid fid oid gid feature_id polygon_id ag_cad_id"
    ),
    "town_code": "town_code 乡镇代码9 xiangdm9",
    "village_code": (
        "village_code 村代码12 zldwdm qsdwdm 权属单位代码 坐落单位代码 行政区代码 xzqdm"
    ),
    "sheng": "sheng 省 省份 省代码 shengdm",
    "xian": (
        "xian 县 县区 区县 县代码 县区代码 xiandm xian_code xiandaima county_code 县市区"
        " 县(市、区) 县(区) xianqu"
    ),
    "xiang": (
        "xiang 乡 乡镇 乡(镇) 乡镇(街道) 乡镇代码 乡代码 xiangdm xiangzhen xzdm xzh"
        " xzdaima xiang_code zhen 镇 镇街 乡镇街道 街道 xiangzhend"
    ),
    "xiang_name": (
        "xiang_name xzmc 乡镇名称 乡名 乡名称 xiangmc xiangname x_name xzname town_name"
        " 乡镇名 xiangzhenm 镇名"
    ),
    "cun": (
        "cun 村 行政村 村代码 cundm cun_code cundaima 村委会 village 村(分场)"
        " 行政村(分场) 行政村代码 村社区"
    ),
    "cun_name": (
        "cun_name cunmc cunname 村名 村名称 行政村名称 行政村名 village_name zldwmc qsdwmc cunming"
    ),
    "lin_chang": "lin_chang 林场 国有林场 linchang lc 林场代码 linchangdm",
    "lin_ban": "lin_ban 林班 林班号 lbh linbanhao lb linban_h 林班编号",
    "xiao_ban": (
        "xiao_ban 小班 小班号 xbh xiaobanhao xbbh 图斑 图斑号 tbh tu_ban 图斑编号"
        " 小班编号 xb tubanhao xbhao 大小班号"
    ),
    "official": (
        "official_m2 mian_ji 面积 小班面积 xbmj mj xb_mj tbmj 图斑面积 面积(亩) 面积亩"
        " 面积(公顷) 面积公顷 填报面积 xiaobanmj area_ha area_mu area_m2 hectares"
        " mianji_mu mianji_ha 求积面积 林地面积 area src_area_ha"
    ),
    "di_lei": (
        "di_lei 地类 dl dldm 地类代码 地类编码 土地类别 地类名称 dlbm dlmc dilei_dm"
        " di_lei_raw 土地类型 land_type"
    ),
    "land_class": "land_class",
    "sen_lin_lb": "sen_lin_lb 森林类别 senlinlb sllb 林地类别 sen_lin_le",
    "shi_quan_d": "shi_quan_d shi_quan_dj 事权等级 事权 sqdj shiquandj",
    "gjgyl_bhdj": (
        "gjgyl_bhdj 国家级公益林保护等级 国家公益林保护等级 公益林保护等级 gylbhdj bhdj_gyl"
    ),
    "lin_zhong": "lin_zhong 林种 lz linzhong_dm 亚林种",
    "qi_yuan": "qi_yuan 起源 qy qiyuan_dm",
    "you_shi_sz": (
        "you_shi_sz 优势树种 优势树种组 yssz youshisz ysszz 树种 species species_cd shuzhong"
    ),
    "ling_zu": "ling_zu 龄组 lingzu_dm lzu",
    "yu_bi_du": "yu_bi_du 郁闭度 郁闭度/覆盖度 yubidu ybd 郁闭度覆盖度",
    "ld_qs": "ld_qs 土地权属 林地权属 林地所有权 ldqs tdqs ld_suoyouq 林地权属性质 土地所有权",
    "bh_dj": "bh_dj 林地保护等级 保护等级 bhdj ldbhdj",
    "po_du": "po_du 坡度 坡度级 po_du_ji pdj pd podu_ji slope",
    "volume": "volume_m3 xb_xj 小班蓄积 小班蓄积量 xbxj 蓄积 xbxjl 蓄积量 活立木蓄积 huo_lm_xj",
    "volume_ha": "huo_lmgqxj 公顷蓄积 每公顷蓄积 gqxj 公顷蓄积(活立木) 每公顷蓄积量 huolmgqxj",
    "place_name": (
        "place_name xiao_di_ming 小地名 xdm xiaodiming 山头 山场 山场名称 shan_chang 土名"
    ),
    "src_year": "src_year 数据年度 年度 调查年度 diao_cha_n nd",
    "grid_code": (
        "grid_code previous_grid_code 网格编号 网格号 网格 wgbh wgh wg_code 管护网格"
        " 网格代码 wangge"
    ),
}
"""Columns of a stand layer (小班)."""

PERSON_ALIASES: dict[str, str] = {
    "person_id": "person_id 人员编号 工号 护林员编号 人员代码 护林员代码",
    "name": "name 姓名 护林员姓名 人员姓名 名字 护林员 专职护林员 xm xingming ranger_name",
    "role": (
        "role 身份 类别 人员类别 岗位 岗位类别 人员类型 岗位类型 护林员类别 护林员类型"
        " 角色 人员性质 类型 护林员性质 聘用类型 ranger_type 岗位名称"
    ),
    "post": "post 职务 职务/职称 担任职务 单位及职务 职位 行政职务",
    "town": (
        "town town_code 乡镇 乡(镇) 乡镇(街道) 乡镇街道 镇街 所在乡镇 所属乡镇 镇(街道)"
        " 乡镇名称 镇 乡 街道 乡镇(场) 单位 所在镇 乡镇代码 xiang xzmc"
    ),
    "village": (
        "village village_code 村 行政村 所在村 村(社区) 村委会 行政村(社区) 村社区 村名"
        " 所属村 村(居) 村代码 cun 村名称 管护村 责任村"
    ),
    "phone": "phone 电话 手机 手机号 手机号码 联系电话 联系方式 电话号码 tel mobile 移动电话",
    "id_number": "身份证 身份证号 身份证号码 公民身份号码 证件号码 idcard sfz sfzh 身份证件号码",
    "capacity_mu": "capacity_mu 可管护面积 可管护面积(亩) 管护能力 管护能力(亩)",
    "contract_mu": "管护面积 管护面积(亩) 面积 面积(亩) 管护面积亩 责任面积 责任区面积 巡护面积",
    "grid_code": (
        "grid_code previous_grid_code 网格编号 网格号 网格 网格代码 所在网格 责任网格"
        " 管护网格 责任区编号"
    ),
    "active_from": (
        "active_from 到岗日期 聘用日期 上岗时间 上岗日期 聘用时间 入职时间 合同起始日期"
        " 聘期起 聘用起始日期"
    ),
    "active_to": "active_to 离岗日期 离职日期 合同终止日期 聘期止 聘用终止日期 离岗时间",
    "lon": "lon lng longitude 经度 东经 x 住址经度 横坐标 东经(度)",
    "lat": "lat latitude 纬度 北纬 y 住址纬度 纵坐标 北纬(度)",
    "publish_agreed": "publish_agreed 同意公示 是否同意公示 同意公开",
}
"""Columns of a roster (花名册)."""

ADMIN_ALIASES: dict[str, str] = {
    "unit_code": (
        "unit_code 区划代码 行政区划代码 代码 xzqdm 编码 code 行政区代码 乡镇代码 村代码"
        " qhdm dm zldwdm pac cun_code xiang_code 单位代码 adcode"
    ),
    "unit_name": (
        "unit_name 名称 行政区名称 xzqmc 单位名称 name 乡镇名称 村名称 mc 乡镇 村名"
        " 行政村 村 zldwmc 乡 镇 街道 xzmc cunmc 区划名称 单位"
    ),
    "level": "level 级别 行政级别 层级 jb",
    "parent_code": "parent_code 上级代码 父代码 上级编码",
    "kind": "kind 类别 类型",
}
"""Columns of administrative boundaries or of a list of codes and names."""

GRID_ALIASES: dict[str, str] = {
    "stand_id": "stand_id standid 小班标识 小班唯一码 xbid xiaobanid 小班编码 小班代码",
    "xian": (
        "xian 县 县区 区县 县代码 县区代码 xiandm xian_code xiandaima county_code 县市区"
        " 县(市、区) 县(区) xianqu"
    ),
    "xiang": (
        "xiang 乡 乡镇 乡(镇) 乡镇(街道) 乡镇代码 乡代码 xiangdm xiangzhen xzdm xzh"
        " xzdaima xiang_code zhen 镇 镇街 乡镇街道 街道 xiangzhend 乡镇名称"
    ),
    "cun": (
        "cun 村 行政村 村代码 cundm cun_code cundaima 村委会 village 村(分场)"
        " 行政村(分场) 行政村代码 村社区 村名"
    ),
    "lin_ban": "lin_ban 林班 林班号 lbh linbanhao lb linban_h 林班编号",
    "xiao_ban": (
        "xiao_ban 小班 小班号 xbh xiaobanhao xbbh 图斑 图斑号 tbh tu_ban 图斑编号"
        " 小班编号 xb tubanhao xbhao 大小班号"
    ),
    "grid_code": (
        "grid_code previous_grid_code 网格编号 网格号 网格 wgbh wgh wg_code 管护网格"
        " 网格代码 wangge 责任区编号 责任区 责任区号 管护责任区"
    ),
    "grid_name": "grid_name 网格名称 wgmc 责任区名称",
    "ranger": (
        "ranger ranger_id ranger_name person_id 护林员 护林员姓名 姓名 专职护林员"
        " 管护人员 管护员 责任人 hly hlyxm 护林员编号"
    ),
    "town_code": "town_code",
}
"""Columns of last year's grids, or of a list stand → grid or ranger."""
