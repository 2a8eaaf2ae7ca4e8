package io.gantry.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A text or file of the cluster, as a parameter of a test.
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromGantry {
    /// Which one.
    Value value();

    /// What can be had.
    enum Value {
        /// The administrator's kubeconfig: `String` is its text, `Path` its file.
        KUBECONFIG,
        /// The API server's URL, a `String`.
        SERVER,
        /// The PEM certificate of the cluster's authority, a `String`.
        CERTIFICATE_AUTHORITY,
        /// The name of a namespace of this test's own, made before it and deleted after it, a `String`.
        /// Not for constructors and `@BeforeAll`.
        NAMESPACE
    }
}
