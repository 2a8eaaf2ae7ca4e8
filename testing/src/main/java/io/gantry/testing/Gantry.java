package io.gantry.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a JUnit 5 test class a cluster. Constructors and methods may take parameters of the types
/// [GantryCluster], `ApiClient`, and `String` or `Path` with [FromGantry].
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(GantryExtension.class)
public @interface Gantry {
    /// How many simulated nodes there are from the start.
    int nodes() default 1;

    /// Whose the cluster is.
    Scope scope() default Scope.SHARED;

    /// Whether the controller manager runs.
    boolean controllers() default true;

    /// Whether the scheduler runs.
    boolean scheduler() default true;

    /// Further flags of the API server.
    String[] apiServerFlags() default {};

    /// Whose a cluster is.
    enum Scope {
        /// All classes that ask for the same options share one cluster until the JVM's tests end; each
        /// test has its own namespace.
        SHARED,
        /// The class has a cluster of its own.
        CLASS
    }
}
