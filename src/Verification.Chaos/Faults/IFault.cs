namespace Verification.Chaos.Faults;

/// <summary>Something that can be done to a running platform, seen to have worked, and undone. It is applied through
/// <see cref="FaultInjector"/> alone.</summary>
public interface IFault
{
    /// <summary>Kind of fault, one word: <c>kill</c>.</summary>
    string Name { get; }

    /// <summary>Name of the instance it is aimed at, or of all of a role.</summary>
    string Target { get; }

    /// <summary>Does it.</summary>
    Task ApplyAsync(CancellationToken cancellationToken);

    /// <summary>Looks for its effect.</summary>
    /// <returns>By what it is known; null while there is none.</returns>
    Task<string?> EffectAsync(CancellationToken cancellationToken);

    /// <summary>Undoes it. Doing so again, or without it, changes nothing.</summary>
    Task HealAsync(CancellationToken cancellationToken);

    /// <summary>Looks for what is left of it once it was undone: its effect, where that ends with it and can still be asked for.</summary>
    /// <returns>By what it is known; null where it is gone.</returns>
    Task<string?> LeftAsync(CancellationToken cancellationToken) => EffectAsync(cancellationToken);
}
