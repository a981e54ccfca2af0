using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DotNet.Testcontainers.Configurations;
using Verification.Stack.Network;

namespace Verification.Stack.Engine;

/// <summary>What Testcontainers must know of this machine's engine before its first use. It reads its settings once, from
/// the environment and
/// from <c>~/.testcontainers.properties</c>: what stands there is for other programs, and decides nothing here.</summary>
internal static class TestcontainersDefaults
{
    /// <summary>Every variable that Testcontainers or its Docker client reads and that is set or taken away here; <c>DOCKER_HOST</c> is
    /// ours to obey.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        // The run's own labels, watchdog and sweep replace the reaper.
        ["TESTCONTAINERS_RYUK_DISABLED"] = "true",
        ["TESTCONTAINERS_RYUK_CONTAINER_IMAGE"] = null,
        ["TESTCONTAINERS_RYUK_CONTAINER_PRIVILEGED"] = null,
        ["TESTCONTAINERS_WAIT_STRATEGY_INTERVAL"] = "00:00:00.050",
        ["TESTCONTAINERS_WAIT_STRATEGY_TIMEOUT"] = "00:01:00",
        ["TESTCONTAINERS_WAIT_STRATEGY_RETRIES"] = null,
        // The images that were resolved are run, from no mirror in between.
        ["TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX"] = null,
        ["TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE"] = null,
        ["TESTCONTAINERS_HOST_OVERRIDE"] = null,
        ["TESTCONTAINERS_NAMED_PIPE_CONNECTION_TIMEOUT"] = null,
        // Of the engine that was found, below; never a version that is another engine's.
        ["DOCKER_API_VERSION"] = null,
        // The engine that DOCKER_CONTEXT names was found before, and is DOCKER_HOST now.
        ["DOCKER_CONTEXT"] = null,
        // It answered without a certificate of ours.
        ["DOCKER_TLS"] = null,
        ["DOCKER_TLS_VERIFY"] = null,
        ["DOCKER_CERT_PATH"] = null,
        ["DOCKER_DOTNET_NATIVE_HTTP_ENABLED"] = null,
    };

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "Testcontainers reads its settings in static initializers: only a module initializer is early enough in every test assembly."
    )]
    internal static void Apply()
    {
        EngineEndpoint? engine = null;
        try
        {
            // On this very thread: another one would wait for this initializer to end.
            engine = EngineEndpoint.Find();
        }
        catch (EngineMissingException)
        {
            // Whoever needs an engine asks for it again and gets the error; programs that need none must load.
        }

        foreach (DictionaryEntry each in Environment.GetEnvironmentVariables())
        {
            // Those of a later version of Testcontainers, too.
            if (((string)each.Key).StartsWith("TESTCONTAINERS_", StringComparison.Ordinal))
                Environment.SetEnvironmentVariable((string)each.Key, null);
        }

        foreach (
            var (name, value) in Variables.Where(each =>
                engine is not null || each.Key.StartsWith("TESTCONTAINERS_", StringComparison.Ordinal)
            )
        )
            Environment.SetEnvironmentVariable(name, value);
        if (engine is not null)
            Use(engine);
    }

    /// <summary>Its own static initializers may fail, as on a machine that is too busy for the time-outs in them. Whoever needs it gets the
    /// error then; a program whose modules cannot load could not even say so.</summary>
    private static void Use(EngineEndpoint engine)
    {
        try
        {
            Say(engine);
        }
        catch (TypeInitializationException)
        {
            // It is thrown again at each use.
        }
    }

    private static void Say(EngineEndpoint engine)
    {
        var isUnix = engine.Address.Scheme == "unix";
        Environment.SetEnvironmentVariable("DOCKER_API_VERSION", engine.ApiVersion.ToString());
        Environment.SetEnvironmentVariable("DOCKER_HOST", engine.Address.ToString());
        if (isUnix)
            Environment.SetEnvironmentVariable("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
        else
            DirectAddresses.Add(engine.Address.IdnHost);

        // What the file of the user's home says has been read by now: it is said otherwise.
        TestcontainersSettings.OS = new Unix(engine.Address);
        TestcontainersSettings.HubImageNamePrefix = null;
        TestcontainersSettings.ResourceReaperEnabled = false;
        TestcontainersSettings.DockerHostOverride = isUnix ? "127.0.0.1" : null;
        TestcontainersSettings.DockerSocketOverride = null;
        TestcontainersSettings.WaitStrategyRetries = null;
    }
}
