// SPDX-License-Identifier: Apache-2.0
package irqstorm.report.json;

import irqstorm.advise.AdviceCell;
import irqstorm.advise.HostAdvice;
import irqstorm.advise.SuppressFlag;
import irqstorm.report.Figures;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The cells of one profile and irqchip mode, each as a JSON object. */
final class AdviceJson {
    private AdviceJson() {}

    static void write(HostAdvice host, Optional<SuppressFlag> asked, JsonGenerator json) {
        for (AdviceCell cell : host.cells()) {
            json.writeStartObject();
            json.writeStringProperty("profile", host.profile());
            json.writeStringProperty("irqchip", host.irqchip());
            json.writeStringProperty("flag", cell.flag().label());
            json.writeStringProperty("guest", cell.guest().name());
            json.writeStringProperty("verdict", cell.verdict().name());
            json.writeStringProperty("reason", cell.reason());
            json.writeBooleanProperty(
                    "recommended", cell.flag() == host.recommendation().flag());
            json.writeBooleanProperty("chosen", cell.flag() == asked.orElse(host.today()));
            json.writeStringProperty("args0", Figures.hex(cell.args0(), 1));
            NumberJson.nullable("deliveriesPerSecond", cell.deliveriesPerSecond(), json);
            json.writeStringProperty("fingerprint", cell.fingerprint());
            json.writeEndObject();
        }
    }
}
