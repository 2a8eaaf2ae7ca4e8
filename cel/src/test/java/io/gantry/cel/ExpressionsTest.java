package io.gantry.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.common.types.SimpleType;
import io.gantry.api.Json;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.value.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions with what they give: mostly the examples of upstream's documentation of its libraries.
class ExpressionsTest {
    private static final Environment ENVIRONMENT = Environment.of(Map.of("x", SimpleType.DYN), List.of());
    private static final Activation VARIABLES = Activation.of(Map.of("x", JsonValues.of(Json.MAPPER.readTree("""
                    {"name":"a","count":3,"big":9007199254740993,"ratio":0.5,"on":true,"none":null,"list":[3,1,2],
                     "labels":{"a":"1","b/c":"2"},"mixed":"50%","items":[{"n":"a","v":1},{"n":"b","v":2}]}
                    """))));

    static Evaluation evaluate(String source) throws CompileException {
        return ENVIRONMENT.compile(source).evaluate(VARIABLES);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                // macros and operators
                "x.list.all(e, e > 0) && x.list.exists(e, e == 3) && x.list.exists_one(e, e == 2)",
                "x.list.map(e, e * 2) == [6, 2, 4]",
                "x.list.map(e, e > 1, e * 2) == [6, 4]",
                "x.list.filter(e, e > 1) == [3, 2]",
                "has(x.name) && !has(x.nothing)",
                "!has(x.none.deeper) && !has(x.count.deeper) && !has(x.name.deeper)",
                "!x.none.?deeper.hasValue() && !x.none[?'deeper'].hasValue() && !x.count.?deeper.hasValue()",
                "x.labels.all(k, k.size() > 0)",
                "'a' in x.labels && !('z' in x.labels) && 3 in x.list",
                "x.labels['b/c'] == '2'",
                "x.none == null",
                "1 + 2 * 3 == 7 && 7 / 2 == 3 && 7 % 4 == 3 && -7 / 2 == -3",
                "dyn(1) == 1.0 && dyn(1u) == 1 && 2 > 1.5 && 1.5 < 2 && 1u < 2",
                "dyn(1) == dyn(1.0)",
                "x.big == 9007199254740993",
                "x.missing || true",
                "true || x.missing.deeper == 1",
                "!(false && x.missing == 1)",
                "x.list.exists(e, e / 0 == 1 || e == 1)",
                "(x.count > 2 ? 'many' : 'few') == 'many'",
                "type(x.mixed) == string && type(1) == int && type([]) == list && type({}) == map && type(null) == null_type",
                "type(x.count) == int || type(x.count) == string",
                "type(timestamp('2020-01-01T00:00:00Z')) == google.protobuf.Timestamp",
                "{'a': 1, 'b': 2}['b'] == 2 && {'a': 1}.a == 1 && {1: 'x'}[1] == 'x'",
                "[1, 2] + [3] == [1, 2, 3]",
                "{'a': [1], 'b': []} == {'b': [], 'a': [1]}",
                "b'abc' == bytes('abc') && string(b'abc') == 'abc' && size(b'abc') == 3",
                "'ab' < 'b' && 'a' + 'b' == 'ab' && 'abc'.contains('b') && 'abc'.startsWith('a') && 'abc'.endsWith('c')",
                "'abc'.matches('^a.c$') && 'xabcx'.matches('abc') && !'abc'.matches('^b')",
                "size('né😀') == 3 && 'n😀é'.size() == 3",
                "int('42') == 42 && double('1.5') == 1.5 && string(1.0) == '1' && string(1e6) == '1e+06' && uint(3) == 3u",
                "bool('true') && !bool('f') && string(true) == 'true'",
                // times
                "timestamp('2023-06-14T02:00:14+00:00') == timestamp('2023-06-14T02:00:14Z')",
                "timestamp('2023-06-14T10:30:14.500Z').getHours() == 10",
                "timestamp('2023-06-14T10:30:14.500Z').getMilliseconds() == 500",
                "timestamp('2023-06-14T10:30:14Z').getMonth() == 5 && timestamp('2023-06-14T10:30:14Z').getDate() == 14",
                "timestamp('2023-06-14T10:30:14Z').getDayOfWeek() == 3",
                "timestamp('2023-06-14T10:30:14Z').getHours('America/New_York') == 6",
                "timestamp('2023-06-14T10:30:14Z').getHours('-02:00') == 8",
                "timestamp('2023-06-14T10:30:14Z') + duration('1h') == timestamp('2023-06-14T11:30:14Z')",
                "timestamp('2023-06-14T10:30:14Z') - timestamp('2023-06-14T09:30:14Z') == duration('60m')",
                "duration('90m').getHours() == 1 && duration('90m').getMinutes() == 90",
                "string(duration('1h30m')) == '5400s' && duration('1.5s') > duration('1499ms')",
                "string(timestamp('2023-06-14T10:30:14Z')) == '2023-06-14T10:30:14Z'",
                "int(timestamp(0)) == 0",
                // strings
                "'abc'.charAt(1) == 'b' && 'abc'.charAt(3) == ''",
                "'hello mellow'.indexOf('') == 0 && 'hello mellow'.indexOf('ello') == 1 && 'hello mellow'.indexOf('jello') == -1",
                "'hello mellow'.indexOf('', 2) == 2 && 'hello mellow'.indexOf('ello', 2) == 7 && 'hello mellow'.indexOf('ello', 20) == -1",
                "'hello mellow'.lastIndexOf('') == 12 && 'hello mellow'.lastIndexOf('ello') == 7 && 'hello mellow'.lastIndexOf('ello', 6) == 1",
                "['hello', 'mellow'].join() == 'hellomellow' && ['hello', 'mellow'].join(' ') == 'hello mellow' && [].join('/') == ''",
                "'TacoCat'.lowerAscii() == 'tacocat' && 'TacoCÆt Xii'.lowerAscii() == 'tacocÆt xii' && 'TacoCat'.upperAscii() == 'TACOCAT'",
                "'hello hello'.replace('he', 'we') == 'wello wello' && 'hello hello'.replace('he', 'we', 1) == 'wello hello'",
                "'hello hello'.replace('', '_', 2) == '_h_ello hello' && 'ab'.replace('', '-') == '-a-b-'",
                "'hello hello hello'.split(' ') == ['hello', 'hello', 'hello'] && 'hello hello hello'.split(' ', 0) == []",
                "'hello hello hello'.split(' ', 1) == ['hello hello hello'] && 'hello hello hello'.split(' ', 2) == ['hello', 'hello hello']",
                "'abc'.split('') == ['a', 'b', 'c'] && ''.split(',') == ['']",
                "'tacocat'.substring(4) == 'cat' && 'tacocat'.substring(0, 4) == 'taco'",
                "'  \\ttrim\\n    '.trim() == 'trim'",
                "strings.quote('say \"hi\"') == '\"say \\\\\"hi\\\\\"\"'",
                "'this is a string: %s\\nand an integer: %d'.format(['str', 42]) == 'this is a string: str\\nand an integer: 42'",
                "'%s %s %.3f %b %x %X %o %%'.format([[1, 'a'], {'k': 1}, 1.2345, 5, 255, 255, 8]) == '[1, \"a\"] {\"k\":1} 1.234 101 ff FF 10 %'",
                "'%s'.format([duration('1h')]) == '3600s' && '%d'.format([7u]) == '7' && '%s'.format([null]) == 'null'",
                // lists
                "[1, 2, 2, 3].isSorted() && !['b', 'a'].isSorted() && [1, 2].sum() == 3 && [1.5, 2.0].sum() == 3.5",
                "[3, 1, 2].min() == 1 && [3, 1, 2].max() == 3 && [1, 2, 2].indexOf(2) == 1 && [1, 2, 2].lastIndexOf(2) == 2",
                "[1, 2, 3].indexOf(9) == -1 && x.list.max() == 3",
                "[1,2,3,4].slice(1, 3) == [2, 3] && [[1],[2,3],[4]].flatten() == [1, 2, 3, 4] && lists.range(3) == [0, 1, 2]",
                "[1,2,3].reverse() == [3,2,1] && [1,2,2,1].distinct() == [1, 2] && [3,1,2].sort() == [1,2,3]",
                "x.items.sortBy(e, -e.v).map(e, e.n) == ['b', 'a']",
                "sets.contains([1, 2, 3], [2]) && sets.equivalent([1, 2], [2, 2, 1]) && sets.intersects([1], [1, 2])",
                // two variables
                "x.list.all(i, v, i >= 0 && v > 0) && x.labels.exists(k, v, k == 'a' && v == '1')",
                "x.labels.transformMap(k, v, v + '!') == {'a': '1!', 'b/c': '2!'}",
                "x.list.transformList(i, v, i + v) == [3, 2, 4]",
                "{'a': 'b'}.transformMapEntry(k, v, {v: k}) == {'b': 'a'}",
                "x.list.transformList(i, v, v > 1, v) == [3, 2]",
                "x.list.existsOne(i, v, v == 3)",
                // optionals
                "x.?name.orValue('z') == 'a' && x.?nothing.orValue('z') == 'z' && !x.?nothing.hasValue()",
                "x.?nothing.deeper.orValue(1) == 1 && x.list[?9].orValue(0) == 0 && x.list[?0].value() == 3",
                "optional.of(1).optMap(v, v + 1).value() == 2 && optional.none().or(optional.of(3)).value() == 3",
                "[1, ?x.?nothing, ?optional.of(2)] == [1, 2] && {?'a': x.?nothing, 'b': 1} == {'b': 1}",
                "optional.ofNonZeroValue('').hasValue() == false && x.?name.optFlatMap(n, optional.of(n + 'b')).value() == 'ab'",
                // regex
                "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == '' && '123 abc 456'.findAll('[0-9]+') == ['123', '456']",
                "'123 abc 456'.findAll('[0-9]+', 1) == ['123'] && 'abc'.findAll('[0-9]') == []",
                // URLs
                "url('https://example.com:80/').getHost() == 'example.com:80' && url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'",
                "url('https://[::1]:80/').getHostname() == '::1' && url('https://example.com:80/').getPort() == '80' && url('/path').getScheme() == ''",
                "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
                "isURL('https://user:pass@example.com:80/path?query=val#fragment') && isURL('/absolute-path') && !isURL('https://a:b:c/') && !isURL('../relative-path')",
                "!isURL('http://#%blah$#@') && !isURL('https://example.com:82#f') && !isURL('https://example.com#f') && url('https://example.com/a#f').getEscapedPath() == '/a'",
                // quantities
                "quantity('1.5Gi').isGreaterThan(quantity('1Gi')) && isQuantity('200k') && !isQuantity('200K') && !isQuantity('Three')",
                "quantity('50k').add(quantity('20k')) == quantity('70k') && quantity('50k').sub(20000) == quantity('30k')",
                "quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('50M').compareTo(quantity('50Mi')) == -1",
                "quantity('50000000G').isInteger() && !quantity('9999999999999999999999999999999999999G').isInteger() && quantity('50k').asInteger() == 50000",
                "quantity('50k').sub(20000).asApproximateFloat() == 30000.0 && quantity('-1').sign() == -1",
                // addresses
                "ip('127.0.0.1').family() == 4 && ip('::1').family() == 6 && isIP('::1') && !isIP('127.0.0.256') && !isIP(':::1') && !isIP('010.0.0.1')",
                "ip.isCanonical('127.0.0.1') && ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD') && !ip.isCanonical('2001:db8::0:0:0:abcd')",
                "ip('0.0.0.0').isUnspecified() && ip('::1').isLoopback() && ip('224.0.0.1').isLinkLocalMulticast() && ip('fe80::1').isLinkLocalUnicast() && ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
                "string(ip('::ffff')) == '::ffff' && ip('127.0.0.1') == ip('127.0.0.1') && type(ip('1.2.3.4')) == net.IP",
                "cidr('192.168.0.0/24').containsIP('192.168.0.1') && !cidr('192.168.0.0/24').containsIP(ip('192.168.1.1')) && isCIDR('::1/128') && !isCIDR('192.168.0.0/33')",
                "cidr('192.168.0.0/24').containsCIDR('192.168.0.0/25') && !cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/23'))",
                "cidr('2001:db8::1:ff/120').masked() == cidr('2001:db8::1:0/120') && string(cidr('ff00::1/7').masked()) == 'fe00::/7' && cidr('::/0').containsIP('1::2') && !cidr('::/0').containsIP('10.0.0.1') && cidr('::1/128').containsCIDR('::1/128')",
                "cidr('192.168.1.5/24').masked() == cidr('192.168.1.0/24') && cidr('192.168.1.5/24').ip() == ip('192.168.1.5') && cidr('10.0.0.0/8').prefixLength() == 8 && string(cidr('10.0.0.0/8')) == '10.0.0.0/8'",
                // semver
                "semver('1.2.3').major() == 1 && semver('1.2.3').isLessThan(semver('1.10.0')) && isSemver('1.0.0-beta+x') && !isSemver('v1.0') && isSemver('v1.0', true)",
                "semver('1.0.0-alpha').compareTo(semver('1.0.0')) == -1 && semver('v01.01', true) == semver('1.1.0')",
                // formats
                "!format.dns1123Label().validate('my-label').hasValue() && format.dns1123Label().validate('My Label').hasValue()",
                "format.named('uuid').value().validate('123e4567-e89b-12d3-a456-426614174000') == optional.none() && !format.named('unknown').hasValue()",
                "jsonpatch.escapeKey('k8s.io/my~label') == 'k8s.io~1my~0label'",
            })
    void isTrue(String source) throws CompileException {
        Evaluation result = evaluate(source);

        assertEquals("", result.error());
        assertEquals(Optional.of(true), result.value());
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "failing-expressions.csv", delimiter = '|', quoteCharacter = '\u0000')
    void fails(String source, String error) throws CompileException {
        assertEquals(error.strip(), evaluate(source.strip()).error());
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "malformed-expressions.csv", delimiter = '|', quoteCharacter = '\u0000')
    void doesNotCompile(String source, String error) {
        String issues = "";
        try {
            ENVIRONMENT.compile(source.strip());
        } catch (CompileException expected) {
            issues = expected.issues();
        }
        assertTrue(issues.contains(error.strip()), issues);
    }
}
