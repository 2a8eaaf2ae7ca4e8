package io.gantry.component;

/// How a process of Gantry begins: its log, its memory, its flags.
public final class ComponentMain {
    /// As of programs that do not understand their command line.
    private static final int WRONG_FLAGS = 2;

    private ComponentMain() {}

    /// What a process does with its flags: it reads all of them, ends that with [Flags#rejectUnknown()], and runs.
    @FunctionalInterface
    public interface Body {
        void run(Flags flags) throws Exception;
    }

    /// Runs a process until its body returns. A flag that is wrong ends the virtual machine with one line that says
    /// so: its reader needs no stack trace.
    ///
    /// @param name as the log has it
    /// @throws Exception what the body throws once its flags are read
    public static void run(String name, String[] arguments, Body body) throws Exception {
        ProcessLogging.start(name);
        StartupMemory.releaseLater();
        UsualHeap.keep();
        Flags flags = Flags.none();
        try {
            flags.add(arguments);
            body.run(flags);
        } catch (IllegalArgumentException e) {
            if (flags.areRead()) {
                throw e;
            }
            System.err.println(name + ": " + e.getMessage());
            System.exit(WRONG_FLAGS);
        }
    }
}
