"""Rows of a home's own, one kind of decision each, and where each must show."""

OWN_RULES = {
    "stage_definitions": (
        "stage,rank,is_outside,meaning,is_active,rule_version\n"
        "evaluation,25,false,Somebody wrote or talked to us.,true,1\n"
    ),
    "stage_rules": (
        "rule_id,stage,signal,count_of,min_count,delay_days,priority,is_active,rule_version\n"
        "evaluation_any,evaluation,form_submitted,signals,1,0,5,true,1\n"
    ),
    "icp_criteria": (
        "rule_id,criterion_id,clause,attribute,operator,value_text,points,is_exclusion,priority,"
        "motion,is_active,rule_version\n"
        "com_address,has_com_address,1,domain,ends_with,.com,30,false,10,b2b,true,1\n"
        "stated_tier,has_contract,1,tier_in_crm,is_present,,40,false,10,b2b,true,1\n"
    ),
    "custom_attributes": (
        "custom_id,system,source_table,source_column,entity,attribute,value_type,is_active,"
        "rule_version\n"
        "tier_in_crm,files,accounts,CONTRACT_TIER__C,account,tier_in_crm,text,true,1\n"
        "colour_in_crm,,contacts,favourite_colour__c,person,colour_in_crm,text,true,1\n"
    ),
    "lifecycle_definitions": (
        "lifecycle,rank,meaning,is_active,rule_version\nfan,999,Writes to us.,true,1\n"
    ),
    "lifecycle_rules": (
        "rule_id,lifecycle,signal,is_recycle,priority,is_active,rule_version\n"
        "fan_form,fan,form_submitted,false,5,true,1\n"
    ),
    "conversion_rules": (
        "rule_id,signal,clause,attribute,operator,value_text,conversion_type,priority,entity,"
        "is_active,rule_version\n"
        "form_sent,form_submitted,1,signal,is_present,,form_sent,10,account,true,1\n"
        "evaluated,stage_entered,1,stage,is,evaluation,evaluated,10,account,true,1\n"
    ),
    "attribution_lookbacks": (
        "rule_id,conversion_type,lookback_days,is_within_journey,is_active,rule_version\n"
        "form_sent,form_sent,90,false,true,1\n"
    ),
    "page_rules": (
        "rule_id,scope,clause,attribute,operator,value_text,result,priority,is_fallback,is_active,"
        "rule_version\n"
        "any_article,page,1,page_path,starts_with,/blog,article,1,false,true,1\n"
    ),
    "message_rules": (
        "rule_id,scope,clause,attribute,operator,value_text,result,priority,is_fallback,is_active,"
        "rule_version\n"
        "own_letter,message,1,message_type,is,newsletter,habit,1,false,true,1\n"
    ),
    "moment_rules": (
        "rule_id,moment,touchpoint_type,is_ended_by,is_active,rule_version\n"
        "visited,visited,session,false,true,1\n"
    ),
    "kpi_definitions": (
        "kpi_id,touchpoint,goal,numerator_measure,denominator_measure,starts_from,unit,"
        "is_higher_better,scope_type,period_type,is_active,rule_version\n"
        "sales_per_visit,website,conversion,order_conversions,sessions,denominator,orders,"
        "true,all,month,true,1\n"
    ),
    "kpi_targets": (
        "target_id,kpi_id,target,owner,is_active,rule_version\n"
        "sales_per_visit,sales_per_visit,0.02,Shop,true,1\n"
    ),
    "channels": (
        "channel,name,is_direct,is_paid,is_active,rule_version\nforum,Forum,false,false,true,1\n"
    ),
    "channel_rules": (
        "rule_id,scope,clause,attribute,operator,result,priority,is_active,rule_version\n"
        "everything_else,landing,1,source,is_present,forum,1,true,1\n"
    ),
    "segment_definitions": (
        "segment_id,name,purpose,channel,destination,destination_kind,priority,owner,stage,"
        "call_to_action,exclusive_group,is_active,rule_version\n"
        "all_known,Everybody,marketing,email,print_shop,file,99,Marketing,,Read,,true,1\n"
        "own_fields,Blue,marketing,email,paint_shop,file,99,Marketing,,Paint,,true,1\n"
    ),
    "segment_rules": (
        "rule_id,scope,clause,attribute,operator,result,priority,is_active,rule_version\n"
        "all_known,segment,1,days_since_act,is_present,all_known,1,true,1\n"
        "own_fields,segment,1,colour_in_crm,is_present,own_fields,1,true,1\n"
        "own_fields,segment,2,days_since_visited,is_present,own_fields,1,true,1\n"
    ),
}
QUESTIONS = {
    "stage": "select count(*) from marts.fct_stage_transitions where stage = 'evaluation'",
    "stage in the dimension": "select count(*) from marts.dim_stages where stage = 'evaluation'",
    "criterion": "select count(*) from marts.fct_icp_assessments "
    "where criterion_id = 'has_com_address' and points = 30",
    "criterion over an own field": "select count(*) from marts.fct_icp_assessments "
    "where criterion_id = 'has_contract' and points = 40",
    "own field on the identity card": "select count(*) from marts.dim_persons "
    "where custom_attributes like '%colour_in_crm%'",
    "segment over an own field and an own moment": "select count(*) from "
    "activation.rpt_segment_waterfall where segment_id = 'own_fields' and count > 0",
    "lifecycle": "select count(*) from marts.fct_person_lifecycle "
    "where lifecycle = 'fan' and rule_id = 'fan_form'",
    "conversion": "select count(*) from marts.fct_conversions where conversion_type = 'form_sent'",
    "conversion by a stage": "select count(*) from marts.fct_conversions "
    "where rule_id = 'evaluated'",
    "attribution": "select count(*) from marts.fct_attribution "
    "where conversion_type = 'form_sent' and model_id = 'first'",
    "page": "select count(*) from marts.fct_sessions where content_type = 'article'",
    "mail": "select count(*) from observability.rpt_rule_coverage "
    "where rule_id = 'own_letter' and times_fired > 0",
    "kpi": "select count(*) from marts.fct_touchpoint_kpis "
    "where kpi_id = 'sales_per_visit' and target = 0.02 and attainment is not null",
    "channel": "select count(*) from marts.fct_sessions "
    "where channel = 'forum' and channel_rule_id = 'everything_else'",
    "channel of touchpoints": "select count(*) from marts.fct_touchpoints where channel = 'forum'",
    "segment": "select count(*) from activation.sync_segment_members "
    "where segment_id = 'all_known' and destination = 'print_shop'",
    "segment's waterfall": "select count(*) from activation.rpt_segment_waterfall "
    "where segment_id = 'all_known'",
}
