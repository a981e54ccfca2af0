using System.Security.Cryptography;

namespace Verification.Stack.Components;

/// <summary>A credential that a component wants of its stack: made anew for each stack, or always the same.</summary>
public sealed class Credential
{
    private const string Characters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private const int Length = 24;
    private readonly string? value;

    private Credential(string name, string? value)
    {
        Name = name;
        this.value = value;
    }

    /// <summary>Its name in <c>stack.json</c>: <c>mysql-password</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is a secret, made anew for each stack.</summary>
    public bool IsGenerated => value is null;

    /// <summary>A password of each stack's own.</summary>
    public static Credential Generated(string name) => new(name, value: null);

    /// <summary>A name that is no secret.</summary>
    public static Credential Fixed(string name, string value) => new(name, value);

    /// <summary>A password that nobody has had before: 24 characters that no shell, URL or file format reads otherwise.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Characters, Length);

    /// <summary>Its value for a new stack.</summary>
    internal string Make() => value ?? NewPassword();
}
