package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SamenessTest {
    private record Case(boolean same, String left, String right) {}

    @Test
    void onlyTheTimesOfManagersMayDiffer() {
        List<Case> cases = List.of(
                new Case(true, "{'a':1,'b':{'c':[1]}}", "{'b':{'c':[1]},'a':1}"),
                new Case(false, "{'a':1}", "{'a':2}"),
                new Case(false, "{'a':1}", "{'b':1}"),
                new Case(false, "{'a':1}", "{'a':1,'b':1}"),
                new Case(true, managed("'manager':'m','time':'1'"), managed("'manager':'m','time':'2'")),
                new Case(false, managed("'manager':'m','time':'1'"), managed("'manager':'n','time':'1'")),
                new Case(false, managed("'manager':'m'"), "{'metadata':{'name':'x','managedFields':[]}}"),
                new Case(false, managed("'manager':'m'"), "{'metadata':{'name':'x'}}"),
                new Case(false, "{'metadata':{'time':'1'}}", "{'metadata':{'time':'2'}}"),
                new Case(false, "{'metadata':{'name':'x'}}", "{'metadata':1}"));
        for (Case each : cases) {
            assertEquals(each.same(), Sameness.holds(tree(each.left()), tree(each.right())), each.toString());
            assertEquals(each.same(), Sameness.holds(tree(each.right()), tree(each.left())), each.toString());
        }
    }

    private static String managed(String fields) {
        return "{'metadata':{'name':'x','managedFields':[{" + fields + "}]}}";
    }

    private static JsonNode tree(String json) {
        return Json.MAPPER.readTree(json.replace('\'', '"'));
    }
}
