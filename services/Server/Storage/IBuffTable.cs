namespace SportBuff.Server.Storage;

/// <summary>Where buffs are stored.</summary>
internal interface IBuffTable
{
    /// <summary>Makes the table where there is none.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Stores buffs in their order and commits them together; one that is stored already changes nothing.</summary>
    /// <returns>For each buff the rows it became: 1, or 0 where its row was there.</returns>
    /// <exception cref="BuffRefusedException">None is stored: one of them never can be.</exception>
    Task<IReadOnlyList<int>> AddAsync(IReadOnlyList<QueuedBuff> buffs, CancellationToken cancellationToken);
}

/// <summary>The table will never take a buff.</summary>
internal sealed class BuffRefusedException(Exception cause) : Exception(cause.Message, cause);
