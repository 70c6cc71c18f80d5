<?php

namespace Site;

/** The page. */
final class Page
{
    public static function text(): string
    {
        $db = new \PDO('sqlite::memory:');
        return (string) $db->query('select 40 + 2')->fetchColumn();
    }
}
