using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Verification.Gate.Mutants;

/// <summary>The settings of a broker's XML: each attribute that is no name, each element with a text, each parameter of an address, and
/// each entry of a list.</summary>
internal static partial class XmlSettings
{
    /// <summary>They say what an element is about, not how it is set.</summary>
    private static readonly HashSet<string> Names = ["name", "match", "physicalName", "type", "roles", "class", "queue", "uri"];

    /// <summary>They tell elements of one kind apart.</summary>
    private static readonly string[] Identities = ["name", "match", "physicalName", "type"];

    /// <summary>What may be left out as a whole.</summary>
    private static readonly HashSet<string> Entries =
    [
        "acceptor",
        "permission",
        "queue",
        "transportConnector",
        "statisticsBrokerPlugin",
        "bean",
        "property",
    ];

    /// <summary>The settings inside the element <c>core</c> of Artemis or <c>broker</c> of Classic.</summary>
    public static IEnumerable<ConfigSetting> Of(string text)
    {
        var count = Find(Parse(text)).Count();
        for (var index = 0; index < count; index++)
        {
            var document = Parse(text);
            var setting = Find(document).ElementAt(index);
            setting.Remove();
            yield return new ConfigSetting(setting.Name, document.ToString(SaveOptions.DisableFormatting));
        }
    }

    private static XDocument Parse(string text) => XDocument.Parse(text, LoadOptions.PreserveWhitespace);

    private static IEnumerable<Found> Find(XDocument document) =>
        Inside(document.Root!.Elements().Single(element => element.Name.LocalName is "core" or "broker"), string.Empty);

    private static IEnumerable<Found> Inside(XElement element, string place) =>
        [
            .. element
                .Attributes()
                .Where(attribute => !attribute.IsNamespaceDeclaration && !Names.Contains(attribute.Name.LocalName))
                .Select(attribute => new Found($"{place}{attribute.Name.LocalName}", attribute.Remove)),
            .. element.Elements().SelectMany(inner => Of(inner, place)),
        ];

    private static IEnumerable<Found> Of(XElement element, string place)
    {
        var kind = element.Name.LocalName;
        var identity = Identities.Select(name => element.Attribute(name)?.Value).FirstOrDefault(value => value is not null);
        var name = identity is null ? kind : $"{kind}/{identity}";
        if (Entries.Contains(kind))
            yield return new Found(name, element.Remove);
        else if (!element.HasElements && element.Value.Length > 0)
            yield return new Found($"{place}{kind}", element.Remove);
        // What the property of a bean is made of is no setting by itself.
        if (kind == "property")
            yield break;
        foreach (
            var setting in Parameters(element, name)
                .Concat(Inside(element, identity is null && !element.HasAttributes ? place : $"{name}/"))
        )
            yield return setting;
    }

    /// <summary>The parameters of an address: the text of an acceptor, or an attribute of a connector.</summary>
    private static IEnumerable<Found> Parameters(XElement element, string name)
    {
        var uri = element.Attribute("uri");
        var address = uri?.Value ?? (element.HasElements ? string.Empty : element.Value);
        var start = address.IndexOf('?', StringComparison.Ordinal);
        return start < 0
            ? []
            : Parameter()
                .Matches(address, start)
                .Select(parameter => new Found(
                    $"{name}/{parameter.Groups["name"].Value}",
                    () =>
                    {
                        // The mark before the first one stays for those behind it.
                        var rest = address[(parameter.Index + parameter.Length)..];
                        var without = address[..parameter.Index] + (parameter.Index == start && rest.Length > 0 ? $"?{rest[1..]}" : rest);
                        if (uri is null)
                            element.Value = without;
                        else
                            uri.Value = without;
                    }
                ));
    }

    [GeneratedRegex(
        "[?&;](?<name>[^=&;]+)=[^&;]*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Parameter();

    private sealed record Found(string Name, Action Remove);
}
