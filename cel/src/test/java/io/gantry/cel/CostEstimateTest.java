package io.gantry.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.cel.cost.SizeEstimator;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.SchemaTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numbers that upstream estimates: by them it refuses rules, so they must be the same.
class CostEstimateTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'type':'array','items':{'type':'number'}} | self.all(x, true) | 4718591",
                "{'type':'array','maxItems':10,'items':{'type':'number'}} | self.all(x, true) | 32",
                "{'type':'array','items':{'type':'string'}} | self.all(x, true) | 3145727",
                "{'type':'array','items':{'type':'boolean'}} | self.all(x, true) | 1887437",
                "{'type':'array','items':{'type':'array','items':{'type':'number'}}} | self.all(x, true) | 3145727",
                "{'type':'array','items':{'type':'object','required':['required'],'properties':{'required':{'type':'string'}"
                        + ",'optional':{'type':'string'}}}} | self.all(x, true) | 555128",
                "{'type':'object','additionalProperties':{'type':'number'}} | self.all(x, true) | 1348169",
                "{'type':'object','additionalProperties':{'type':'string'}} | self.all(x, true) | 1179647",
                "{'type':'string'} | self.contains('test') | 314574",
                "{'type':'string','maxLength':10} | self.contains('test') | 5",
                "{'type':'string'} | self.startsWith('test') | 2",
                "{'type':'string'} | size(self + \"hello\") > size(\"hello\") | 314578",
                "{'type':'array','items':{'type':'number'}} | self[1] == 0.0 | 2",
                "{'type':'array','items':{'type':'string'}} | self[1] == self[1] | 314577",
                "{'type':'array','maxItems':10,'items':{'type':'number'}} | self.all(x, self.all(y, true)) | 352",
                "{'type':'array','maxItems':10,'items':{'type':'number'}} | self.all(x, self.all(y, self.all(z, true))) | 3552",
                "{'type':'string'} | self.matches(\"x\") | 314574",
                "{'type':'string','maxLength':50} | self.matches(\"x\") | 22",
                "{'type':'string'} | self.matches(\"\") | 1",
                // Upstream knows the cost of the member function alone.
                "{'type':'string'} | matches(self, \"x\") | 2",
                "{'type':'string'} | self == \"x\" | 2",
                "{'type':'array','items':{'type':'number'}} | self.all(x, x == 0.0) | 6291454",
                "{'type':'array','items':{'x-kubernetes-int-or-string':true}} | self.all(x, true) | 4718591",
                "{'type':'array','items':{'x-kubernetes-int-or-string':true}} | self[0] == 5 | 3",
                "{'type':'array','items':{'type':'array','items':{'type':'number'}}} | self[0][0] == -1.0 | 3",
                "{'type':'array','items':{'type':'object','additionalProperties':{'type':'number'}}} | self.all(x, x.y == 25.2) | 6291452",
                "{'type':'array','items':{'type':'string','format':'duration'}} | self.all(x, true) | 2359295",
                "{'type':'array','items':{'type':'string','format':'duration'}} | self[0].getHours() == 2 | 4",
                "{'type':'array','items':{'type':'string','format':'date'}} | self.all(x, true) | 725936",
                "{'type':'array','items':{'type':'string','format':'date-time'}} | self.all(x, true) | 428963",
                "{'type':'string'} | self.find('[0-9]+') == '' | 629147",
                "{'type':'string','maxLength':10} | self.find('[0-9]+') == '' | 11",
                "{'type':'object','additionalProperties':{'type':'string','format':'date-time'}} | self[\"a\"] == self[\"b\"] | 8",
                "{'type':'string','enum':['A','B','C','LongValue']} | self.contains('A') | 2",
                "{'type':'object','properties':{'a':{'type':'array','maxItems':10,'items':{'type':'string','maxLength':64}}}}"
                        + " | (has(self.a) ? self.a : []).exists(k, k.contains(\"/\")) | 62",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'}}}}"
                        + " | (has(self.a) ? self.a : []).exists(k, k.contains(\"/\")) | 5242887",
            })
    void isUpstreams(String schema, String rule, long cost) throws CompileException {
        DeclType type = SchemaTypes.of(Json.MAPPER.readTree(schema.strip().replace('\'', '"')), false)
                .orElseThrow()
                .named("selfType");
        Environment environment = Environment.of(Map.of("self", type.celType()), List.of(type));

        assertEquals(
                cost,
                environment
                        .compile(rule.strip())
                        .estimateCost(SizeEstimator.of(type))
                        .max());
    }
}
