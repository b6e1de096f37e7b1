// SPDX-License-Identifier: Apache-2.0
package irqstorm.scenario.json;

import static irqstorm.scenario.json.JsonCursorTest.read;
import static irqstorm.scenario.json.JsonCursorTest.refused;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

    private record Device(String name, int gsi) {
        private Device {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a device needs a name");
            }
        }

        static Device read(JsonCursor cursor) {
            return cursor.readObject(fields ->
                    new Device(fields.required("name").asText(10), fields.optional("gsi", 5, gsi -> gsi.asInt(0, 23))));
        }
    }

    private record Machine(List<Device> devices, Device console, int cpus) {
        static Machine read(JsonCursor cursor) {
            return cursor.readObject(fields -> new Machine(
                    fields.required("devices").readList(0, 9, Device::read),
                    Device.read(fields.required("console")),
                    fields.required("cpus").asInt(1, 8)));
        }
    }

    @Test
    void keysAreReadInAnyOrderAndOptionalOnesMayBeAbsent() {
        assertThatObject(read("{\"gsi\":10,\"name\":\"nic\"}", Device::read)).isEqualTo(new Device("nic", 10));
        assertThatObject(read("{\"name\":\"nic\"}", Device::read)).isEqualTo(new Device("nic", 5));
    }

    @Test
    void anOptionalKeyIsNotAbsentIfItIsNull() {
        refused("{\"name\":\"nic\",\"gsi\":null}", Device::read, "$.gsi: found null, expected an integer from 0 to 23");
    }

    @Test
    void aMissingKeyIsRecordedOnceAndWithoutConsequences() {
        refused("{\"gsi\":3}", Device::read, "$.name: found nothing, expected the required key \"name\"");
    }

    @Test
    void anUnknownKeyIsRecordedWithTheNearestKnownOne() {
        refused(
                "{\"name\":\"nic\",\"gis\":3,\"colour\":\"red\"}",
                Device::read,
                "$.gis: found an unknown key, expected only the keys \"name\", \"gsi\"; did you mean \"gsi\"?\n"
                        + "my.json: $.colour: found an unknown key, expected only the keys \"name\", \"gsi\"");
    }

    @Test
    void aMistypedRequiredKeyIsBothMissingAndUnknown() {
        refused(
                "{\"nmae\":\"nic\"}",
                Device::read,
                "$.name: found nothing, expected the required key \"name\"\n"
                        + "my.json: $.nmae: found an unknown key, expected only the keys \"name\", \"gsi\";"
                        + " did you mean \"name\"?");
    }

    @Test
    void anObjectWithoutKeysAllowsNone() {
        refused("{\"a\":1}", cursor -> cursor.readObject(fields -> 0), "$.a: found an unknown key, expected no key");
    }

    @Test
    void anIgnoredKeyIsAllowed() {
        assertThatObject(read(
                        "{\"$schema\":\"x\"}",
                        cursor -> cursor.readObject(fields -> {
                            fields.ignore("$schema");
                            return fields.path();
                        })))
                .isEqualTo("$");
    }

    @Test
    void whatIsNoObjectIsRecordedOnce() {
        refused("7", Device::read, "$: found 7, expected an object");
        refused("[]", Device::read, "$: found an empty array, expected an object");
    }

    @Test
    void aValueThatRefusesItsPartsIsRecordedWithItsText() {
        refused("{\"name\":\"\",\"gsi\":3}", Device::read, "$: found {\"name\":\"\",\"gsi\":3}; a device needs a name");
    }

    @Test
    void aRefusalThatFollowsFromAnotherProblemIsNotRecorded() {
        refused("{\"name\":7}", Device::read, "$.name: found 7, expected a string");
    }

    @Test
    void aRefusalOutsideOfAnObjectIsRecordedAsWell() {
        refused("\"\"", cursor -> new Device(cursor.asString(), 1), "$: found \"\"; a device needs a name");
        refused(
                "[\"nic\",\"\"]",
                cursor -> cursor.readList(0, 9, name -> new Device(name.asString(), 1)),
                "$[1]: found \"\"; a device needs a name");
    }

    @Test
    void aListGoesOnAfterAnElementThatCannotBeBuilt() {
        refused(
                "{\"devices\":[{\"name\":\"\"},{\"name\":\"nic\",\"gsi\":99},{}],\"console\":{\"name\":\"tty\"},\"cpus\":0}",
                Machine::read,
                "$.devices[0]: found {\"name\":\"\"}; a device needs a name\n"
                        + "my.json: $.devices[1].gsi: found 99, expected an integer from 0 to 23\n"
                        + "my.json: $.devices[2].name: found nothing, expected the required key \"name\"\n"
                        + "my.json: $.cpus: found 0, expected an integer from 1 to 8");
    }

    @Test
    void anObjectWhosePartCannotBeBuiltIsGivenUpWithoutFalseAlarms() {
        refused(
                "{\"devices\":[],\"console\":{\"name\":\"\"},\"cpus\":99}",
                Machine::read,
                "$.console: found {\"name\":\"\"}; a device needs a name");
    }

    @Test
    void withAPlaceholderTheRestOfTheObjectIsStillRead() {
        refused(
                "{\"console\":{\"name\":\"\"},\"cpus\":99}",
                cursor -> cursor.readObject(fields -> {
                    fields.required("console").readOr(new Device("none", 0), Device::read);
                    return fields.required("cpus").asInt(1, 8);
                }),
                "$.console: found {\"name\":\"\"}; a device needs a name\n"
                        + "my.json: $.cpus: found 99, expected an integer from 1 to 8");
    }

    @Test
    void everythingBelowAMissingKeyIsSilent() {
        refused(
                "{\"cpus\":1}",
                Machine::read,
                "$.devices: found nothing, expected the required key \"devices\"\n"
                        + "my.json: $.console: found nothing, expected the required key \"console\"");
    }

    @Test
    void exactlyOneOfSeveralKeysIsRead() {
        Map<String, Function<JsonCursor, String>> readers = new LinkedHashMap<>();
        readers.put("level", level -> "level " + level.asInt(0, 9));
        readers.put("edge", edge -> "edge " + edge.asString());
        Function<JsonCursor, String> reader = cursor -> cursor.readObject(fields -> fields.exactlyOne(readers));

        assertThatObject(read("{\"level\":3}", reader)).isEqualTo("level 3");
        assertThatObject(read("{\"edge\":\"up\"}", reader)).isEqualTo("edge up");
        refused("{}", reader, "$: found none of the expected keys, expected exactly one of \"level\", \"edge\"");
        refused(
                "{\"edge\":\"up\",\"level\":99}",
                reader,
                "$: found the keys \"level\", \"edge\", expected exactly one of \"level\", \"edge\"");
        refused(
                "{\"edeg\":\"up\"}",
                reader,
                "$: found none of the expected keys, expected exactly one of \"level\", \"edge\"\n"
                        + "my.json: $.edeg: found an unknown key, expected only the keys \"level\", \"edge\";"
                        + " did you mean \"edge\"?");
    }
}
