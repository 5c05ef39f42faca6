"""Why an element of BPMN is not run here, said for the person who drew it; and what is kept without effect."""

from __future__ import annotations

from typing import Final

from tongban.kernel.refusals import N_

ELEMENTS: Final = {
    "scriptTask": N_("脚本任务会在流程图里带代码，请改用业务规则任务或服务任务"),
    "complexGateway": N_("复杂网关的含义由各家软件自定，请改用排他、并行或包容网关"),
    "adHocSubProcess": N_("临时子流程没有规定的次序，请画出先后"),
    "transaction": N_("事务子流程要能整体撤销，请改用子流程和边界事件"),
    "choreography": N_("编排图没有人办，请画流程"),
    "choreographyTask": N_("编排图没有人办，请画流程"),
    "subChoreography": N_("编排图没有人办，请画流程"),
    "signalEventDefinition": N_("信号会广播到其他办件，请改用消息"),
    "compensateEventDefinition": N_("补偿要由法定程序撤销，不能自动倒退"),
    "conditionalEventDefinition": N_("条件事件要时时盯着数据，请改用消息或定时器"),
    "linkEventDefinition": N_("连接事件请直接画顺序流"),
    "cancelEventDefinition": N_("取消事件只用于事务子流程"),
    "standardLoopCharacteristics": N_("循环标记请画成回到前面的顺序流"),
    "implicitThrowEvent": N_("没有写明的事件无法运行"),
    "event": N_("没有写明的事件无法运行"),
}
OTHER_ELEMENT: Final = N_("平台不运行这种元素")
COMPENSATION: Final = N_("补偿要由法定程序撤销，不能自动倒退")
EVENT_SUBPROCESS: Final = N_("事件子流程随时可能插入，请改用边界事件")
INSTANTIATE: Final = N_("办件由受理开始，不由网关或接收任务自己开始")
PARALLEL_EVENTS: Final = N_("要等齐多个事件的网关请画成并行网关")
SEVERAL_EVENTS: Final = N_("一个事件只能等一件事")
QUANTITY: Final = N_("一个环节由一个令牌开始和结束")
START_EVENT: Final = N_("流程由受理或者消息开始")
THROW_EVENT: Final = N_("这种事件不能由流程自己发出")
CATCH_EVENT: Final = N_("这种事件在途中等不到")
BOUNDARY_EVENT: Final = N_("这种事件不能挂在环节上")
NOT_INTERRUPTING: Final = N_("出错总会中断环节")
INNER_START: Final = N_("子流程只能有一个没有条件的开始")
CYCLE: Final = N_("反复触发的定时器会没有尽头，请写一次的时长")
OTHER_FILE: Final = N_("调用的流程不在这个文件里，请把它画进同一个文件")
NO_DECISION: Final = N_("没有写明用哪一张决策表（tongban:decision）")
ONE_DECIDES: Final = N_("决定由一个人作出，不能设成多人")
NO_SENDER: Final = N_("tongban:from 不是申请人（applicant）、系统（system），也不是流程里的泳道")
MULTI_BEHAVIOUR: Final = N_("多人环节只在全部结束时往下走")

EMPTY_SUBPROCESS: Final = N_("子流程里没有内容，作为一个环节由人办结")
UNNAMED_CALL: Final = N_("没有写明调用哪条流程，作为一个环节由人办结")
CHOSEN: Final = N_("没有平台读得懂的条件，由办理人选择往哪边走")
TIMER_BY_HAND: Final = N_("没有写时长，由人告知到点")
ONE_PERSON: Final = N_("没有写明几个人办，按一个人办")
WAITS_FOR_ALL: Final = N_("完成条件读不懂，等所有人办完")
INFORMS: Final = N_("消息流指向普通任务，只告知，不必等到才办")

#: Kept for export; no effect on how a route runs.
KEPT: Final = frozenset(
    {
        "documentation",
        "extensionElements",
        "textAnnotation",
        "association",
        "group",
        "category",
        "dataObject",
        "dataObjectReference",
        "dataStore",
        "dataStoreReference",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
        "ioSpecification",
        "ioBinding",
        "dataInputAssociation",
        "dataOutputAssociation",
        "property",
        "potentialOwner",
        "humanPerformer",
        "performer",
        "resourceRole",
        "rendering",
        "auditing",
        "monitoring",
        "supportedInterfaceRef",
        "correlationSubscription",
        "supports",
        "itemDefinition",
        "import",
        "extension",
        "interface",
        "resource",
        "endPoint",
        "partnerEntity",
        "partnerRole",
        "relationship",
        "correlationProperty",
        "conversation",
        "callConversation",
        "subConversation",
        "conversationAssociation",
        "conversationLink",
        "participantAssociation",
        "messageFlowAssociation",
        "correlationKey",
        "globalUserTask",
        "globalManualTask",
        "globalTask",
        "globalBusinessRuleTask",
        "signal",
    }
)
