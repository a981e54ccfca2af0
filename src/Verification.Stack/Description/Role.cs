using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Stack;

/// <summary>What an instance is to others: <c>mysql</c>, <c>broker</c>. The roles there are come from
/// <see cref="Components.ComponentList"/>;
/// those that the platform's contract names are <see cref="InstanceRole"/>.</summary>
[JsonConverter(typeof(Json))]
public readonly record struct Role
{
    private readonly string? name;

    /// <summary>Names a role.</summary>
    /// <param name="name">Its name, in lower case.</param>
    public Role(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.name = name;
    }

    /// <summary>Its name.</summary>
    public string Name => name ?? string.Empty;

    /// <summary>A role that the contract names.</summary>
    public static implicit operator Role(InstanceRole role) => FromInstanceRole(role);

    /// <summary>A role that the contract names.</summary>
    public static Role FromInstanceRole(InstanceRole role) => new(role.ToString().ToLowerInvariant());

    /// <inheritdoc />
    public override string ToString() => Name;

    private sealed class Json : JsonConverter<Role>
    {
        public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: > 0 } name ? new Role(name) : throw new JsonException("A role has a name.");

        public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}
