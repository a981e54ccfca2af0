using System.Text.Json;
using System.Xml.Linq;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.Artemis;

/// <summary><c>config/artemis/broker.xml</c> beside what the broker's management tells.</summary>
internal static class ArtemisSettings
{
    /// <summary>Settings that the management of 2.40 does not tell.</summary>
    private static readonly HashSet<string> NotTold = new(StringComparer.Ordinal) { "journal-datasync", "disk-scan-period" };

    private static readonly XNamespace Core = "urn:activemq:core";

    public static async Task<SettingsComparison> CompareAsync(
        string file,
        IArtemisResources management,
        CancellationToken cancellationToken
    )
    {
        var core = XDocument.Load(file).Root!.Element(Core + "core")!;
        var settings = new List<(string, string, string?)>();
        foreach (var element in core.Elements().Where(element => !element.HasElements && !NotTold.Contains(element.Name.LocalName)))
            settings.Add(
                (
                    element.Name.LocalName,
                    Sizes.InBytes(element.Value.Trim()),
                    await AttributeAsync(management, ArtemisManagement.Broker, Camel(element.Name.LocalName), cancellationToken)
                        .ConfigureAwait(false)
                )
            );

        await AddAcceptorsAsync(core, management, settings, cancellationToken).ConfigureAwait(false);
        await AddQueuesAsync(core, management, settings, cancellationToken).ConfigureAwait(false);
        await AddPermissionsAsync(core, management, settings, cancellationToken).ConfigureAwait(false);
        await AddAddressSettingsAsync(core, management, settings, cancellationToken).ConfigureAwait(false);
        return SettingsComparison.Of("artemis", settings);
    }

    /// <summary>What management tells of settings: <c>broker.ATTRIBUTE</c>, <c>queue.NAME.ATTRIBUTE</c>,
    /// <c>address.NAME.SETTING</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ToldAsync(
        IArtemisResources management,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        const string address = "address.";
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (resource, attribute) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
            var value = resource.StartsWith(address, StringComparison.Ordinal)
                ? (
                    await management
                        .OperationAsync(
                            ArtemisManagement.Broker,
                            "getAddressSettingsAsJSON",
                            [resource[address.Length..]],
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                ).TryGetProperty(attribute, out var found)
                    ? Text(found)
                    : null
                : await AttributeAsync(management, resource, attribute, cancellationToken).ConfigureAwait(false);
            if (value is not null)
                told[name] = value;
        }

        return told;
    }

    private static async Task AddAcceptorsAsync(
        XElement core,
        IArtemisResources management,
        List<(string, string, string?)> settings,
        CancellationToken cancellationToken
    )
    {
        var running = (
            await management.OperationAsync(ArtemisManagement.Broker, "getAcceptorsAsJSON", [], cancellationToken).ConfigureAwait(false)
        )
            .EnumerateArray()
            .ToDictionary(acceptor => acceptor.GetProperty("name").GetString()!, StringComparer.Ordinal);
        foreach (var acceptor in core.Element(Core + "acceptors")!.Elements())
        {
            var name = acceptor.Attribute("name")!.Value;
            var parts = acceptor.Value.Trim().Split('?', 2);
            settings.Add(
                (
                    $"acceptor {name} port",
                    $"{new Uri(parts[0]).Port}",
                    running.TryGetValue(name, out var told) ? Parameter(told, "port") : null
                )
            );
            foreach (var parameter in parts[1].Split(';').Select(pair => pair.Split('=', 2)))
            {
                // A place is the image's own.
                if (!parameter[1].Contains("${", StringComparison.Ordinal))
                    settings.Add(
                        (
                            $"acceptor {name} {parameter[0]}",
                            parameter[1],
                            running.TryGetValue(name, out told) ? Parameter(told, parameter[0]) : null
                        )
                    );
            }
        }
    }

    private static async Task AddQueuesAsync(
        XElement core,
        IArtemisResources management,
        List<(string, string, string?)> settings,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var queue in core.Element(Core + "addresses")!
                .Elements()
                .SelectMany(address => address.Elements())
                .SelectMany(kind => kind.Elements())
        )
        {
            var name = queue.Attribute("name")!.Value;
            settings.Add(
                (
                    $"queue {name} routing type",
                    queue.Parent!.Name.LocalName.ToUpperInvariant(),
                    await AttributeAsync(management, $"queue.{name}", "routingType", cancellationToken).ConfigureAwait(false)
                )
            );
            foreach (var element in queue.Elements())
                settings.Add(
                    (
                        $"queue {name} {element.Name.LocalName}",
                        element.Value,
                        await AttributeAsync(management, $"queue.{name}", Camel(element.Name.LocalName), cancellationToken)
                            .ConfigureAwait(false)
                    )
                );
        }
    }

    private static async Task AddPermissionsAsync(
        XElement core,
        IArtemisResources management,
        List<(string, string, string?)> settings,
        CancellationToken cancellationToken
    )
    {
        var roles = await management.OperationAsync("address.buffs", "getRolesAsJSON", [], cancellationToken).ConfigureAwait(false);
        var held = roles
            .EnumerateArray()
            .SelectMany(role =>
                role.EnumerateObject()
                    .Where(right => right.Value.ValueKind == JsonValueKind.True)
                    .Select(right => $"{right.Name} {role.GetProperty("name").GetString()}")
            );
        var granted = core.Element(Core + "security-settings")!
            .Elements()
            .Elements()
            .Select(permission => $"{permission.Attribute("type")!.Value} {permission.Attribute("roles")!.Value}");
        settings.Add(
            ("permissions", string.Join(", ", granted.Order(StringComparer.Ordinal)), string.Join(", ", held.Order(StringComparer.Ordinal)))
        );
    }

    /// <summary>The settings of an address are those of the patterns it matches, the nearer one first.</summary>
    private static async Task AddAddressSettingsAsync(
        XElement core,
        IArtemisResources management,
        List<(string, string, string?)> settings,
        CancellationToken cancellationToken
    )
    {
        var nearest = core.Element(Core + "address-settings")!
            .Elements()
            .ToDictionary(setting => setting.Attribute("match")!.Value, StringComparer.Ordinal);
        foreach (var (address, patterns) in new[] { ("buffs", new[] { "#", "buffs" }), ("DLQ.buffs", ["#"]) })
        {
            var told = await management
                .OperationAsync(ArtemisManagement.Broker, "getAddressSettingsAsJSON", [address], cancellationToken)
                .ConfigureAwait(false);
            var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var element in patterns.Where(nearest.ContainsKey).SelectMany(pattern => nearest[pattern].Elements()))
                wanted[element.Name.LocalName] = element.Value.Trim();
            settings.AddRange(
                wanted.Select(setting =>
                    (
                        $"address {address} {setting.Key}",
                        Sizes.InBytes(setting.Value),
                        told.TryGetProperty(AddressSetting(setting.Key), out var value) ? Text(value) : null
                    )
                )
            );
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string? Parameter(JsonElement acceptor, string name) =>
        acceptor.GetProperty("params").TryGetProperty(name, out var value)
        || acceptor.GetProperty("extraProps").TryGetProperty(name, out value)
            ? value.GetString()
            : null;

    private static async Task<string?> AttributeAsync(
        IArtemisResources management,
        string resource,
        string attribute,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return Text(await management.AttributeAsync(resource, attribute, cancellationToken).ConfigureAwait(false));
        }
        catch (ManagementRefusedException)
        {
            return null;
        }
    }

    /// <summary>An address setting that management names otherwise.</summary>
    private static string AddressSetting(string element) => element == "address-full-policy" ? "addressFullMessagePolicy" : Camel(element);

    private static string Camel(string kebab) =>
        string.Concat(kebab.Split('-').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
