package io.gantry.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import io.gantry.cel.eval.Planner;
import io.gantry.cel.library.FunctionTable;
import io.gantry.cel.library.KubernetesFunctions;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.DeclTypes;
import io.gantry.cel.value.CelError;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What expressions may name: the functions of Kubernetes 1.36, and some variables with their types. Immutable and
/// thread-safe.
public final class Environment {
    private static final FunctionTable FUNCTIONS = KubernetesFunctions.table();
    private static final List<String> SYNTAX = List.of(
            "no viable alternative", "mismatched input", "extraneous input", "token recognition error", "missing ");
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true)
            .enableReservedIds(true)
            .populateMacroCalls(false)
            .retainRepeatedUnaryOperators(false)
            .build();

    private final CelCompiler compiler;

    private Environment(CelCompiler compiler) {
        this.compiler = compiler;
    }

    /// An environment with variables of simple and declared types.
    public static Environment of(Map<String, CelType> variables, Collection<DeclType> declared) {
        return of(variables, declared, name -> Optional.empty());
    }

    /// @param declared whose object types the expressions may use
    /// @param more finds further types by name, which may change between compilations
    public static Environment of(
            Map<String, CelType> variables, Collection<DeclType> declared, Function<String, Optional<CelType>> more) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(Macros.all())
                .addLibraries(CelExtensions.optional(), CelExtensions.comprehensions())
                .addFunctionDeclarations(FUNCTIONS.declarations())
                .setTypeProvider(new DeclTypes(FUNCTIONS.types(), declared, more));
        variables.forEach(builder::addVar);
        return new Environment(builder.build());
    }

    /// The same with the macro `cel.bind(name, value, expression)`, which only selectors of devices have.
    public Environment withBindings() {
        return new Environment(compiler.toCompilerBuilder()
                .addLibraries(CelExtensions.bindings())
                .build());
    }

    /// Compiles an expression.
    ///
    /// @throws CompileException when it is malformed, names what is unknown, or its types do not fit
    public Expression compile(String source) throws CompileException {
        CelValidationResult result;
        try {
            result = compiler.compile(source);
        } catch (RuntimeException | StackOverflowError unexpected) {
            throw new CompileException("ERROR: <input>:1:1: Syntax error: " + unexpected.getMessage());
        }
        if (result.hasError()) {
            throw new CompileException(issues(result.getErrors(), result.getSource()));
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            List<CelIssue> malformed = LiteralChecks.check(tree);
            if (!malformed.isEmpty()) {
                throw new CompileException(issues(malformed, tree.getSource()));
            }
            return new Expression(source, tree, Planner.plan(tree, FUNCTIONS));
        } catch (CelValidationException failed) {
            throw new CompileException(String.valueOf(failed.getMessage()));
        } catch (CelError constant) {
            throw new CompileException("program instantiation failed: " + constant.text());
        } catch (StackOverflowError deep) {
            throw new CompileException("ERROR: <input>:1:1: expression is nested too deeply");
        }
    }

    private static String issues(Collection<CelIssue> issues, CelSource source) {
        return issues.stream()
                .sorted(Comparator.comparingInt(
                                (CelIssue issue) -> issue.getSourceLocation().getLine())
                        .thenComparingInt(issue -> issue.getSourceLocation().getColumn()))
                .map(issue -> CelIssue.formatError(issue.getSourceLocation(), words(issue.getMessage())))
                .map(issue -> issue.toDisplayString(source))
                .collect(Collectors.joining("\n"));
    }

    /// As cel-go words it: without the overloads that were looked at, and with what the parser says marked.
    private static String words(String message) {
        int candidates = message.indexOf(" (candidates: ");
        String brief = candidates < 0 ? message : message.substring(0, candidates);
        return SYNTAX.stream().anyMatch(brief::startsWith) ? "Syntax error: " + brief : brief;
    }
}
