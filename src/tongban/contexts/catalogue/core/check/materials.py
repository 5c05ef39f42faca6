"""Materials: nothing open (Q16), everything founded (Q17), on the lists (Q18, Q19), and not asked for again (F14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongban.contexts.catalogue.core.beside import Register
from tongban.contexts.catalogue.core.check import wording
from tongban.contexts.catalogue.core.check.names import core_name
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings, words
from tongban.contexts.catalogue.core.findings import Severity
from tongban.contexts.catalogue.core.items import Item, Material
from tongban.kernel.refusals import N_, Words

#: A paper that only attests something, unlike 身份证明 and the like, which are kinds of certificates.
_PROOF = re.compile(r"(?<!身份)(?<!资格)(?<!权属)(?<!产权)证明(?:[（(].*[）)])?$")


def materials(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q16: no catch-all material; ids are unique; what depends on a situation says on which; sizes can be handed in."""
    seen: set[str] = set()
    for index, material in enumerate(item.materials):
        path = f"materials[{index}]"
        if material.id in seen:
            message = N_("材料 %(id)s 写了两次。")
            yield Broken("material", f"{path}.id", message, N_("请换一个 id。"), {"id": material.id})
        seen.add(material.id)
        if found := wording.catch_all(material.name.zh):
            message = N_("“%(found)s”是兜底条款，申请人不知道要交什么。")
            advice = N_("请写明具体材料（优化营商环境条例第三十五条）。")
            yield Broken("Q16", f"{path}.name.zh", message, advice, {"found": found})
        if material.need == "situational" and not material.when and item.handling is not None:
            message, advice = N_("情形材料没有写什么情形下要交。"), N_("请写 when 条件。")
            yield Broken("material", f"{path}.when", message, advice, reads=(f"{path}.need",))
        if not 1 <= material.max_mib <= 200:
            yield Broken("material", f"{path}.max_mib", N_("文件大小上限应在1至200 MiB之间。"), N_("请改正。"))
        if material.originals < 0 or material.copies < 0:
            yield Broken("material", f"{path}.copies", N_("份数不能是负数。"), N_("请改正。"))


def founded(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q17: every material has the provision that demands it, kind and form, and shows what a good one is like."""
    severity: Severity | None = "warning" if item.power == "20" else None
    for index, material in enumerate(item.materials):
        path, params = f"materials[{index}]", {"name": words(material.name)}
        for name, message in (
            ("basis", N_("材料“%(name)s”没有写要求它的依据。")),
            ("kind", N_("材料“%(name)s”没有写材料类型。")),
            ("format", N_("材料“%(name)s”没有写材料形式（纸质或电子）。")),
        ):
            if not getattr(material, name):
                advice = N_("请补上；没有依据的，不得要求提供。") if name == "basis" else N_("请补上。")
                yield Broken("Q17", f"{path}.{name}", message, advice, params, severity, ("power",))
        brought = material.source != "generated" and material.need != "exempt"
        if brought and not material.sample and material.standard is None:
            message, advice = N_("材料“%(name)s”没有样本，也没有受理标准。"), N_("请写 sample 或 standard。")
            yield Broken("Q17", f"{path}.standard", message, advice, params, "warning")


def listed(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q18, Q19: proofs and paid services of others stand on the city's lists."""
    proofs = around.beside.proofs
    on_list = {key for one in proofs for key in (one.code, one.name.zh)}
    for index, material in enumerate(item.materials):
        if not proofs or {material.name.zh, material.element or material.name.zh} & on_list:
            continue
        path, params = f"materials[{index}].proof", {"name": words(material.name)}
        if material.proof:
            message = N_("证明“%(name)s”不在证明事项清单里。")
            yield Broken("Q18", path, message, N_("请取消这项证明，或登记在 lists/proofs.yaml。"), params)
        elif _PROOF.search(material.name.zh) and not material.licence_item and material.need != "exempt":
            message = N_("“%(name)s”看来是证明，却不在证明事项清单里。")
            advice = N_("请写 proof: true 并登记；不是证明的，请换一个名称。")
            yield Broken("Q18", path, message, advice, params, "warning")
    services = {one.code: one.name.zh for one in around.beside.intermediaries}
    for index, service in enumerate(item.intermediaries):
        if services and service.code not in services:
            message = N_("中介服务 %(code)s 不在清单里。")
            advice = N_("请取消这项中介服务，或登记在 lists/intermediaries.yaml。")
            yield Broken("Q19", f"intermediaries[{index}].code", message, advice, {"code": service.code})
        elif services and services[service.code] != service.name.zh:
            message = N_("中介服务 %(code)s 在清单里叫作“%(name)s”。")
            called = {"code": service.code, "name": services[service.code]}
            yield Broken("Q19", f"intermediaries[{index}].name.zh", message, N_("请用清单里的名称。"), called)
        if not service.basis:
            message = N_("中介服务 %(code)s 没有依据。")
            advice = N_("没有法律、法规、国务院决定依据的，不得作为办理条件。")
            yield Broken("Q19", f"intermediaries[{index}].basis", message, advice, {"code": service.code})


def again(item: Item, around: Surroundings) -> Iterator[Broken]:
    """F14: nobody is asked for what the city has. A connected register forbids it; the rest is reported."""
    for index, material in enumerate(item.materials):
        if material.source == "generated" or material.need == "exempt":
            continue
        path = f"materials[{index}].need"
        params: dict[str, object] = {"name": words(material.name)}
        reads = (f"materials[{index}].licence_item", f"materials[{index}].source")
        register = _register(material, around)
        if register is not None:
            params["register"] = words(register.name)
        if register is not None and register.shared:
            message = N_("“%(name)s”可以从“%(register)s”取得，不得再要求提交。")
            yield Broken("F14", path, message, N_("请改为 need: exempt（免提交）。"), params, "error", reads)
        elif register is not None:
            message = N_("“%(name)s”可以由“%(register)s”共享，尚未接通。")
            yield Broken("F14", path, message, N_("请推动接通，然后改为 need: exempt（免提交）。"), params, reads=reads)
        elif material.licence_item in around.items and material.licence_item != item.code:
            params["item"] = material.licence_item
            message = N_("“%(name)s”由本市 %(item)s 核发，不应再要求提交。")
            yield Broken("F14", path, message, N_("请改为 need: exempt（免提交）。"), params, reads=reads)
        elif material.issuer and material.issuer in around.agencies:
            params["organ"] = _organ(material.issuer, around)
            message = N_("“%(name)s”由本市机关（%(organ)s）出具，不应再要求提交。")
            yield Broken("F14", path, message, N_("请向该机关查询，改为 need: exempt（免提交）。"), params, reads=reads)


def _register(material: Material, around: Surroundings) -> Register | None:
    found = [around.supplied.get(key) for key in (material.licence_item, material.element) if key]
    return next((one for one in found if one and one.shared), next((one for one in found if one), None))


def _organ(key: str, around: Surroundings) -> Words | str:
    organ = around.organs.get(key)
    return words(organ.name) if organ else key


def naming(item: Item, around: Surroundings) -> Iterator[Broken]:
    """N1: one requirement has one name everywhere, so that a citizen sees that it is the same paper."""
    known = around.names
    for index, material in enumerate(item.materials):
        name, path = material.name.zh, f"materials[{index}].name.zh"
        if material.element:
            wanted = known.by_element.get(material.element, name)
            message = N_("同一要素 %(key)s 在别处叫作“%(wanted)s”。")
        else:
            wanted = known.by_core.get(core_name(name), name) if material.source != "generated" else name
            message = N_("同一材料在别处叫作“%(wanted)s”。")
        if wanted != name:
            params = {"key": material.element, "wanted": wanted}
            advice = N_("请用同一个名称，并写同一个 element。")
            yield Broken("N1", path, message, advice, params, reads=(f"materials[{index}].element",))
