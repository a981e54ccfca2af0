using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Verification.Stack.Network;

namespace Verification.Stack.Engine;

/// <summary>What Testcontainers must know of this machine's engine before its first use. It reads its settings from the environment, once.</summary>
internal static class TestcontainersDefaults
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Testcontainers reads its settings in static initializers: only a module initializer is early enough in every test assembly.")]
    internal static void Apply()
    {
        // The run's own labels, watchdog and sweep replace the reaper.
        SetUnlessSet("TESTCONTAINERS_RYUK_DISABLED", "true");
        SetUnlessSet("TESTCONTAINERS_WAIT_STRATEGY_INTERVAL", "00:00:00.050");
        SetUnlessSet("TESTCONTAINERS_WAIT_STRATEGY_TIMEOUT", "00:01:00");
        try
        {
            // On this very thread: another one would wait for this initializer to end.
            var engine = EngineEndpoint.Find();
            SetUnlessSet("DOCKER_API_VERSION", engine.ApiVersion.ToString());
            SetUnlessSet("DOCKER_HOST", engine.Address.ToString());
            if (engine.Address.Scheme == "unix")
                SetUnlessSet("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
            else
                DirectAddresses.Add(engine.Address.IdnHost);
        }
        catch (EngineMissingException)
        {
            // Whoever needs an engine asks for it again and gets the error; programs that need none must load.
        }
    }

    private static void SetUnlessSet(string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            Environment.SetEnvironmentVariable(name, value);
    }
}
