package io.gantry.api.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorTest {
    record Row(String selector, boolean expected) {}

    static Stream<Row> selectors() {
        return Stream.of(
                new Row("", true),
                new Row("a=1", true),
                new Row("a==1", true),
                new Row("a!=1", false),
                new Row("a!=2,zzz!=1", true),
                new Row("a in (1, 2)", true),
                new Row("a in (2,3)", false),
                new Row("a notin (2,3)", true),
                new Row("zzz notin (2,3)", true),
                new Row("a", true),
                new Row("!a", false),
                new Row("!zzz", true),
                new Row("n>5", true),
                new Row("n<5", false),
                new Row("a>0,b", true),
                new Row("a=1,b in (x),!c,d.e/f=g", true),
                new Row("empty=", true),
                new Row("empty in ()", true),
                new Row("empty in (,x)", true),
                new Row(" a = 1 , b = x ", true),
                new Row("in=1", true),
                new Row("notin in (in)", true),
                new Row("a=in", false));
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void matches(Row row) {
        Map<String, String> labels =
                Map.of("a", "1", "b", "x", "n", "7", "d.e/f", "g", "empty", "", "in", "1", "notin", "in");
        assertEquals(row.expected, LabelSelectors.parse(row.selector).matches(labels), row.selector);
    }

    record Bad(String selector, String message) {}

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad("a=1,", "found '', expected: identifier after ','"),
                new Bad("=1", "found '=', expected: !, identifier, or 'end of string'"),
                new Bad("a in", "unable to parse requirement: found '' expected: '('"),
                new Bad("a in (1", "unable to parse requirement: found '', expected: ',' or ')'"),
                new Bad("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"),
                new Bad("a=1 b=2", "found 'b', expected: ',' or 'end of string'"),
                new Bad(
                        "a>x",
                        "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer"),
                new Bad(
                        "a=-",
                        "unable to parse requirement: values[0][a]: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(Bad row) {
        StatusException error = assertThrows(StatusException.class, () -> LabelSelectors.parse(row.selector));
        assertEquals(row.message, error.getMessage());
        assertEquals(400, error.code());
    }

    @Test
    void selectorObjects() {
        LabelSelector selector = new LabelSelector(
                Map.of("a", "1"), List.of(new LabelSelectorRequirement("b", "In", List.of("x", "y"))));
        assertEquals(true, LabelSelectors.matches(selector, Map.of("a", "1", "b", "y")));
        assertFalse(LabelSelectors.matches(selector, Map.of("a", "1")));
        assertFalse(LabelSelectors.matches(null, Map.of()));
        assertEquals(true, LabelSelectors.matches(new LabelSelector(Map.of(), List.of()), Map.of()));
    }

    static Stream<Row> fieldSelectors() {
        return Stream.of(
                new Row("", true),
                new Row("metadata.name=a", true),
                new Row("metadata.name==a", true),
                new Row("metadata.name!=a", false),
                new Row("metadata.name!=b,status.phase=Running", true),
                new Row("spec.nodeName=", true),
                new Row("tricky=a\\,b\\=c\\\\", true));
    }

    @ParameterizedTest
    @MethodSource("fieldSelectors")
    void fieldsMatch(Row row) {
        Map<String, String> fields = Map.of("metadata.name", "a", "status.phase", "Running", "tricky", "a,b=c\\");
        assertEquals(row.expected, FieldSelector.parse(row.selector).matches(fields), row.selector);
    }

    @Test
    void fieldSelectorErrors() {
        assertEquals(
                "invalid selector: 'a,b=c'; can't understand 'a'",
                assertThrows(StatusException.class, () -> FieldSelector.parse("a,b=c"))
                        .getMessage());
        assertEquals(
                "field label not supported: spec.x",
                assertThrows(
                                StatusException.class,
                                () -> FieldSelector.parse("spec.x=1").requireSupported(Set.of("metadata.name")))
                        .getMessage());
    }
}
