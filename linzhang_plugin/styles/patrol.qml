<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.40.6-Bratislava" styleCategories="Symbology|MapTips|Temporal">
  <temporal startExpression="to_datetime(&quot;start&quot;)" accumulate="0" limitMode="0" endExpression="to_datetime(&quot;end&quot;)" fixedDuration="0" durationField="" endField="" enabled="1" startField="" mode="4" durationUnit="min">
    <fixedRange>
      <start></start>
      <end></end>
    </fixedRange>
  </temporal>
  <renderer-v2 attr="valid" symbollevels="0" enableorderby="0" referencescale="-1" forceraster="0" type="categorizedSymbol">
    <categories>
      <category label="有效 / valid" render="true" value="true" type="bool" symbol="0" uuid="{c6dd77ba-87a3-4f68-ad8c-0a55aa171a84}"/>
      <category label="无效 / not valid" render="true" value="false" type="bool" symbol="1" uuid="{877bdc05-a2f2-43e7-ada9-04db90958933}"/>
    </categories>
    <symbols>
      <symbol clip_to_extent="1" force_rhr="0" is_animated="0" frame_rate="10" alpha="1" name="0" type="line">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""/>
            <Option name="properties"/>
            <Option name="type" type="QString" value="collection"/>
          </Option>
        </data_defined_properties>
        <layer locked="0" class="SimpleLine" enabled="1" id="{a47b0d8c-0726-46e7-b55b-9aadcee55ae8}" pass="0">
          <Option type="Map">
            <Option name="align_dash_pattern" type="QString" value="0"/>
            <Option name="capstyle" type="QString" value="square"/>
            <Option name="customdash" type="QString" value="5;2"/>
            <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
            <Option name="dash_pattern_offset" type="QString" value="0"/>
            <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="dash_pattern_offset_unit" type="QString" value="MM"/>
            <Option name="draw_inside_polygon" type="QString" value="0"/>
            <Option name="joinstyle" type="QString" value="bevel"/>
            <Option name="line_color" type="QString" value="26,152,80,255,rgb:0.10196078431372549,0.59607843137254901,0.31372549019607843,1"/>
            <Option name="line_style" type="QString" value="solid"/>
            <Option name="line_width" type="QString" value="0.7"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="0"/>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="ring_filter" type="QString" value="0"/>
            <Option name="trim_distance_end" type="QString" value="0"/>
            <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="trim_distance_end_unit" type="QString" value="MM"/>
            <Option name="trim_distance_start" type="QString" value="0"/>
            <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="trim_distance_start_unit" type="QString" value="MM"/>
            <Option name="tweak_dash_pattern_on_corners" type="QString" value="0"/>
            <Option name="use_custom_dash" type="QString" value="0"/>
            <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties"/>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol clip_to_extent="1" force_rhr="0" is_animated="0" frame_rate="10" alpha="1" name="1" type="line">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""/>
            <Option name="properties"/>
            <Option name="type" type="QString" value="collection"/>
          </Option>
        </data_defined_properties>
        <layer locked="0" class="SimpleLine" enabled="1" id="{9c537f16-3f76-472b-842b-a080c818034d}" pass="0">
          <Option type="Map">
            <Option name="align_dash_pattern" type="QString" value="0"/>
            <Option name="capstyle" type="QString" value="square"/>
            <Option name="customdash" type="QString" value="5;2"/>
            <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="customdash_unit" type="QString" value="MM"/>
            <Option name="dash_pattern_offset" type="QString" value="0"/>
            <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="dash_pattern_offset_unit" type="QString" value="MM"/>
            <Option name="draw_inside_polygon" type="QString" value="0"/>
            <Option name="joinstyle" type="QString" value="bevel"/>
            <Option name="line_color" type="QString" value="215,48,39,255,rgb:0.84313725490196079,0.18823529411764706,0.15294117647058825,1"/>
            <Option name="line_style" type="QString" value="dash"/>
            <Option name="line_width" type="QString" value="0.7"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="0"/>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="ring_filter" type="QString" value="0"/>
            <Option name="trim_distance_end" type="QString" value="0"/>
            <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="trim_distance_end_unit" type="QString" value="MM"/>
            <Option name="trim_distance_start" type="QString" value="0"/>
            <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
            <Option name="trim_distance_start_unit" type="QString" value="MM"/>
            <Option name="tweak_dash_pattern_on_corners" type="QString" value="0"/>
            <Option name="use_custom_dash" type="QString" value="0"/>
            <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties"/>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <rotation/>
    <sizescale/>
    <data-defined-properties>
      <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties"/>
        <Option name="type" type="QString" value="collection"/>
      </Option>
    </data-defined-properties>
  </renderer-v2>
  <selection mode="Default">
    <selectionColor invalid="1"/>
  </selection>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <mapTip enabled="1">&lt;style&gt;body{font-family:sans-serif;font-size:10pt} .no{color:#d73027} .yes{color:#1a9850} td{padding-right:8px}&lt;/style&gt;
&lt;b&gt;[% replace(coalesce("person_id",''), array('&amp;','&lt;'), array('&amp;amp;','&amp;lt;')) %]　[% "day" %]&lt;/b&gt;
&lt;b class="[% if("valid",'yes','no') %]"&gt;[% if("valid",'有效 / counts','不计 / does not count') %]&lt;/b&gt;
&lt;p class="no"&gt;[% replace(replace(coalesce("reasons",''), array('&amp;','&lt;'), array('&amp;amp;','&amp;lt;')), '；', '&lt;br&gt;') %]&lt;/p&gt;
&lt;table&gt;
&lt;tr&gt;&lt;td&gt;时长 / minutes&lt;/td&gt;&lt;td&gt;[% round("minutes",1) %]&lt;/td&gt;&lt;/tr&gt;
&lt;tr&gt;&lt;td&gt;网格内 / in own grid&lt;/td&gt;&lt;td&gt;[% coalesce(round("in_grid_min",1),'—') %]&lt;/td&gt;&lt;/tr&gt;
&lt;tr&gt;&lt;td&gt;里程 / km&lt;/td&gt;&lt;td&gt;[% round("km",2) %]&lt;/td&gt;&lt;/tr&gt;
&lt;tr&gt;&lt;td&gt;乘车 / ridden&lt;/td&gt;&lt;td&gt;[% round("vehicle_min",1) %]&lt;/td&gt;&lt;/tr&gt;
&lt;tr&gt;&lt;td&gt;停留 / in stops&lt;/td&gt;&lt;td&gt;[% round("stationary_min",1) %]&lt;/td&gt;&lt;/tr&gt;
&lt;tr&gt;&lt;td&gt;最长间断 / longest gap&lt;/td&gt;&lt;td&gt;[% round("max_gap_min",1) %]&lt;/td&gt;&lt;/tr&gt;
&lt;/table&gt;
&lt;p&gt;[% replace(replace(coalesce("remarks",''), array('&amp;','&lt;'), array('&amp;amp;','&amp;lt;')), '；', '&lt;br&gt;') %]&lt;/p&gt;</mapTip>
  <layerGeometryType>1</layerGeometryType>
</qgis>
